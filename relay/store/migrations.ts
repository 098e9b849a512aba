/** The tables, version by version. A file is brought forward in one transaction; one from the future is left alone. */
import { type Database, damaged } from './database.ts';
import { number, text } from './row-reader.ts';
import { StoreError } from './store.ts';

const VERSION_1 = `
CREATE TABLE relay (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

CREATE TABLE agents (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  adapter TEXT NOT NULL,
  settings TEXT NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 0,
  switched_at INTEGER NOT NULL,
  scope TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE agent_secrets (agent TEXT PRIMARY KEY REFERENCES agents(id) ON DELETE CASCADE, secret TEXT NOT NULL) STRICT;
CREATE TABLE off_intervals (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  began INTEGER NOT NULL,
  ended INTEGER,
  ignored INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (agent, began)
) STRICT, WITHOUT ROWID;
CREATE TABLE days (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  messages INTEGER NOT NULL DEFAULT 0,
  answers INTEGER NOT NULL DEFAULT 0,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (agent, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE notes (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat_key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (agent, chat_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  state TEXT NOT NULL,
  number TEXT,
  lid TEXT,
  credentials TEXT,
  created_at INTEGER NOT NULL,
  unlinking_since INTEGER
) STRICT;
CREATE UNIQUE INDEX one_active_link ON links (agent) WHERE state = 'active';
CREATE TABLE link_keys (
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (link, type, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
  row INTEGER PRIMARY KEY,
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  stanza TEXT NOT NULL,
  plaintext BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (link, hash)
) STRICT;

CREATE TABLE chats (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  kind TEXT,
  name TEXT,
  number TEXT,
  rule TEXT,
  last_message_at INTEGER,
  skip_reason TEXT,
  skipped_at INTEGER,
  PRIMARY KEY (agent, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX chats_by_time ON chats (agent, last_message_at);
CREATE TABLE merged_chats (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  former TEXT NOT NULL,
  PRIMARY KEY (agent, chat, former)
) STRICT, WITHOUT ROWID;
CREATE TABLE aliases (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  lid TEXT NOT NULL,
  PRIMARY KEY (agent, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_lid ON aliases (agent, lid);

CREATE TABLE messages (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  message_id TEXT NOT NULL,
  author TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT,
  sender_name TEXT,
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  open INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX messages_by_chat ON messages (agent, chat, row);
CREATE INDEX open_messages ON messages (agent, chat, row) WHERE open = 1;
CREATE INDEX messages_by_age ON messages (received_at);
CREATE TABLE seen (
  hash BLOB PRIMARY KEY,
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_age ON seen (at);
CREATE TABLE answered (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  through INTEGER NOT NULL,
  PRIMARY KEY (agent, chat)
) STRICT, WITHOUT ROWID;
CREATE TABLE skips (
  row INTEGER PRIMARY KEY,
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX skips_by_agent ON skips (agent, row);

CREATE TABLE outbox (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  message_id TEXT NOT NULL,
  text TEXT,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  queued_at INTEGER NOT NULL,
  settled_at INTEGER,
  -- Where the answer stands among the chat's lines.
  after_row INTEGER NOT NULL,
  UNIQUE (agent, message_id)
) STRICT;
CREATE INDEX outbox_pending ON outbox (agent, row) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_chat ON outbox (agent, chat, row);
CREATE INDEX outbox_by_age ON outbox (queued_at);
`;

/** Paired browsers. */
const VERSION_2 = `
CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  origin TEXT NOT NULL,
  public_key TEXT NOT NULL,
  paired_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
`;

/** A switch that goes on again by itself, who moved it last, and what the day had counted when it last went on. */
const VERSION_3 = `
ALTER TABLE agents ADD COLUMN back_on_at INTEGER;
ALTER TABLE agents ADD COLUMN switched_by TEXT NOT NULL DEFAULT 'person';
ALTER TABLE agents ADD COLUMN base_day TEXT;
ALTER TABLE agents ADD COLUMN base_answers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agents ADD COLUMN base_tokens INTEGER NOT NULL DEFAULT 0;
`;

/** Seconds after which a chat's messages disappear. */
const VERSION_4 = `
ALTER TABLE chats ADD COLUMN disappears_after INTEGER;
`;

/**
 * One outcome a message; chats that the owner or a brake has taken from the agent; limits of a day that the switch does not reset.
 * `messages.open`: 0 settled, 1 to be answered, 2 its answer is on its way, 3 to be answered on the owner's word, however old.
 */
const VERSION_5 = `
CREATE TABLE outcomes (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  -- Null where nothing of the message was kept.
  message INTEGER,
  sent_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_outcome ON outcomes (message) WHERE message IS NOT NULL;
CREATE INDEX outcomes_by_agent ON outcomes (agent, row);
CREATE INDEX outcomes_by_chat ON outcomes (agent, chat, row);
CREATE INDEX outcomes_by_age ON outcomes (at);
INSERT INTO outcomes (agent, chat, sent_at, outcome, at) SELECT agent, chat, at, reason, at FROM skips ORDER BY row;
DROP TABLE skips;
DROP INDEX open_messages;
CREATE INDEX open_messages ON messages (agent, chat, row) WHERE open > 0;
-- Answers that were on their way when this version came: their messages had been called answered, and stay so.
ALTER TABLE outbox ADD COLUMN newest_at INTEGER;
ALTER TABLE outbox ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN held_until INTEGER;
ALTER TABLE chats ADD COLUMN muted_until INTEGER;
ALTER TABLE days ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agents ADD COLUMN restricted_until INTEGER;
ALTER TABLE agents ADD COLUMN go_on_day TEXT;
ALTER TABLE agents ADD COLUMN schedule TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agents DROP COLUMN base_day;
ALTER TABLE agents DROP COLUMN base_answers;
ALTER TABLE agents DROP COLUMN base_tokens;
`;

/** Who is saved in a number's address book: keyed hashes. */
const VERSION_6 = `
ALTER TABLE links ADD COLUMN address_book_known INTEGER NOT NULL DEFAULT 0;
CREATE TABLE saved_people (
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  PRIMARY KEY (link, hash)
) STRICT, WITHOUT ROWID;
`;

/** What is wrong with a back end, as JSON, until it works again. */
const VERSION_7 = `
ALTER TABLE agents ADD COLUMN fault TEXT;
`;

/** What a message shows besides its sender's words, as JSON. */
const VERSION_8 = `
ALTER TABLE messages ADD COLUMN shown TEXT;
`;

/**
 * What every message writes touches as few pages as it can: a session lies whole in one leaf, whose place its index knows, and the
 * journal, which is short, has no index at all.
 */
const VERSION_9 = `
CREATE TABLE keys_anew (
  row INTEGER PRIMARY KEY,
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  value BLOB NOT NULL,
  UNIQUE (link, type, id)
) STRICT;
INSERT INTO keys_anew (link, type, id, value) SELECT link, type, id, value FROM link_keys;
DROP TABLE link_keys;
ALTER TABLE keys_anew RENAME TO link_keys;
CREATE TABLE journal_anew (
  row INTEGER PRIMARY KEY,
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  stanza TEXT NOT NULL,
  plaintext BLOB NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
INSERT INTO journal_anew SELECT row, link, hash, stanza, plaintext, received_at FROM journal;
DROP TABLE journal;
ALTER TABLE journal_anew RENAME TO journal;
`;

/** What was skipped, what of that nobody decided against, and what closes a chat: found without a look at everything else. */
const VERSION_10 = `
CREATE INDEX skipped_outcomes ON outcomes (agent, row) WHERE outcome <> 'answered';
CREATE INDEX unanswered_outcomes ON outcomes (agent, row) WHERE outcome IN ('too-old', 'agent-error', 'undelivered', 'restricted');
CREATE INDEX closing_outcomes ON outcomes (agent, chat, message) WHERE outcome IN ('answered', 'agent-silent', 'owner-wrote');
CREATE INDEX owner_messages ON messages (agent, chat, row) WHERE author = 'owner';
`;

/**
 * Whether the texts of a former chat went along: 0 where the number is another person's now, and only what the owner decided did.
 * What people call themselves at WhatsApp.
 */
const VERSION_11 = `
ALTER TABLE merged_chats ADD COLUMN texts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE chats ADD COLUMN username TEXT;
`;

/** Ciphertexts whose ratchet step is spent: a copy that comes after a crash must be known. No index by age: it would cost a page a message, and is read once a day. */
const VERSION_12 = `
CREATE TABLE decrypted (
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (link, hash)
) STRICT, WITHOUT ROWID;
`;

/**
 * When somebody last had a wish about the switch, moved or not (`acted_at`).
 * When an answer is tried again while WhatsApp restricts the number without an end (`restricted_retry_at`).
 * What is kept per chat belongs to a number of the owner's: `own_number` and `own_lid` say whose an agent's is, `own_key` tells it apart in
 * the keys by which back ends know chats. A row with `former_of` is no agent: under its id lies what was kept for a number that the agent
 * had before.
 */
const VERSION_13 = `
ALTER TABLE agents ADD COLUMN own_number TEXT;
ALTER TABLE agents ADD COLUMN own_lid TEXT;
ALTER TABLE agents ADD COLUMN own_key TEXT NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN former_of TEXT REFERENCES agents(id) ON DELETE CASCADE;
ALTER TABLE agents ADD COLUMN restricted_retry_at INTEGER;
ALTER TABLE agents ADD COLUMN acted_at INTEGER NOT NULL DEFAULT 0;
UPDATE agents SET
  own_number = (SELECT number FROM links WHERE links.agent = agents.id AND state = 'active'),
  own_lid = (SELECT lid FROM links WHERE links.agent = agents.id AND state = 'active');
`;

/** How many tokens a chat has taken, of the local day `spent_day`. A message with author `agent` is what WhatsApp Business wrote for the owner. */
const VERSION_14 = `
ALTER TABLE chats ADD COLUMN spent_day TEXT;
ALTER TABLE chats ADD COLUMN spent_tokens INTEGER NOT NULL DEFAULT 0;
CREATE INDEX own_words ON messages (agent, sent_at) WHERE author <> 'contact';
`;

const MIGRATIONS: readonly string[] = [
  VERSION_1,
  VERSION_2,
  VERSION_3,
  VERSION_4,
  VERSION_5,
  VERSION_6,
  VERSION_7,
  VERSION_8,
  VERSION_9,
  VERSION_10,
  VERSION_11,
  VERSION_12,
  VERSION_13,
  VERSION_14,
];

/** Every table of the newest version. */
export const TABLES = [
  'relay',
  'agents',
  'agent_secrets',
  'off_intervals',
  'days',
  'notes',
  'links',
  'link_keys',
  'journal',
  'decrypted',
  'saved_people',
  'chats',
  'merged_chats',
  'aliases',
  'messages',
  'seen',
  'answered',
  'outcomes',
  'outbox',
  'clients',
] as const;

export function migrate(database: Database): void {
  const row = database.get('PRAGMA user_version');
  const version = row ? number(row, 'user_version') : 0;
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'newer',
      'The data file was written by a newer Recado.',
      'Update Recado, then start it again.',
    );
  }
  try {
    database.transaction(() => {
      for (const script of MIGRATIONS.slice(version)) database.script(script);
      // PRAGMA takes no bound values; the number is our own.
      database.script(`PRAGMA user_version = ${MIGRATIONS.length}`);
    });
  } catch (error) {
    // A script that does not fit meets another schema than its version says.
    if (version > 0 && !(error instanceof StoreError)) throw damaged(error);
    throw error;
  }
  requireTables(database);
}

/** Something else than this program may have taken a table away. */
function requireTables(database: Database): void {
  const names = new Set(
    database.all("SELECT name FROM sqlite_schema WHERE type = 'table'").map((row) => text(row, 'name')),
  );
  if (TABLES.some((table) => !names.has(table))) throw damaged();
}

/** The tables of version 1 of the data file. Times are epoch milliseconds, days `YYYY-MM-DD` of this computer, flags 0 or 1. */
export const SCHEMA = `
CREATE TABLE relay (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

CREATE TABLE agents (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  adapter TEXT NOT NULL,
  -- JSON.
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  scope TEXT,
  is_on INTEGER NOT NULL DEFAULT 0,
  switched_at INTEGER NOT NULL,
  switched_by TEXT NOT NULL DEFAULT 'person',
  -- The last time that somebody had a wish about the switch, whether it moved or not.
  acted_at INTEGER NOT NULL DEFAULT 0,
  back_on_at INTEGER,
  -- The day whose limits somebody has overruled.
  go_on_day TEXT,
  -- So many minutes the owner has to answer themselves; 0: none.
  owner_minutes INTEGER NOT NULL DEFAULT 0,
  -- What the owner typed in that a million tokens cost, and what the agent may spend: JSON.
  price TEXT,
  caps TEXT,
  -- JSON.
  schedule TEXT NOT NULL DEFAULT '[]',
  -- What is wrong with the back end until it works again, JSON.
  fault TEXT,
  restricted_until INTEGER,
  -- When an answer is tried again while WhatsApp restricts the number without an end.
  restricted_retry_at INTEGER,
  -- The number whose chats these are. own_key tells it apart in the keys by which back ends know chats.
  own_number TEXT,
  own_lid TEXT,
  own_key TEXT NOT NULL DEFAULT '',
  -- Such a row is no agent: under its id lies what was kept for a number that the agent had before.
  former_of TEXT REFERENCES agents(id) ON DELETE CASCADE
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
  skipped INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (agent, day)
) STRICT, WITHOUT ROWID;
-- Files that the agent's model reads with every question.
CREATE TABLE knowledge (
  row INTEGER PRIMARY KEY,
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (agent, name)
) STRICT;
-- Money spent, in millionths of a currency's unit.
CREATE TABLE costs (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  micros INTEGER NOT NULL,
  PRIMARY KEY (agent, day, currency)
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
  unlinking_since INTEGER,
  address_book_known INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX one_active_link ON links (agent) WHERE state = 'active';
-- A session lies whole in one leaf, whose place its index knows: every message writes one.
CREATE TABLE link_keys (
  row INTEGER PRIMARY KEY,
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  value BLOB NOT NULL,
  UNIQUE (link, type, id)
) STRICT;
-- Short, and written with every message: without an index.
CREATE TABLE journal (
  row INTEGER PRIMARY KEY,
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  stanza TEXT NOT NULL,
  plaintext BLOB NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
-- Ciphertexts whose ratchet step is spent: a copy that comes after a crash must be known. An index by age would cost a page a message.
CREATE TABLE decrypted (
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (link, hash)
) STRICT, WITHOUT ROWID;
-- Who is saved in a number's address book: keyed hashes.
CREATE TABLE saved_people (
  link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  PRIMARY KEY (link, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE chats (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  kind TEXT,
  name TEXT,
  number TEXT,
  -- What the person calls themselves at WhatsApp.
  username TEXT,
  rule TEXT,
  last_message_at INTEGER,
  skip_reason TEXT,
  skipped_at INTEGER,
  -- Seconds after which the chat's messages disappear.
  disappears_after INTEGER,
  held_until INTEGER,
  muted_until INTEGER,
  -- Since when the agent asks for the owner there.
  asks_since INTEGER,
  -- When the owner last read the chat on another device, while the agent left them time for it.
  read_at INTEGER,
  -- How many tokens the chat has taken of that day.
  spent_day TEXT,
  spent_tokens INTEGER NOT NULL DEFAULT 0,
  spent_micros INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (agent, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX chats_by_time ON chats (agent, last_message_at);
CREATE TABLE merged_chats (
  agent TEXT NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  chat TEXT NOT NULL,
  former TEXT NOT NULL,
  -- 0 where the number is another person's now, and only what the owner decided went along.
  texts INTEGER NOT NULL DEFAULT 1,
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
  -- With the author agent, WhatsApp Business wrote it for the owner.
  author TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT,
  -- What the message shows besides its sender's words, JSON.
  shown TEXT,
  sender_name TEXT,
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  -- 0 settled, 1 to be answered, 2 its answer is on its way, 3 to be answered on the owner's word, however old.
  open INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX messages_by_chat ON messages (agent, chat, row);
CREATE INDEX open_messages ON messages (agent, chat, row) WHERE open > 0;
CREATE INDEX messages_by_age ON messages (received_at);
CREATE INDEX owner_messages ON messages (agent, chat, row) WHERE author = 'owner';
CREATE INDEX own_words ON messages (agent, sent_at) WHERE author <> 'contact';
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
-- What was skipped, what of that nobody decided against, and what closes a chat: found without a look at everything else.
CREATE INDEX skipped_outcomes ON outcomes (agent, row) WHERE outcome <> 'answered';
CREATE INDEX unanswered_outcomes ON outcomes (agent, row) WHERE outcome IN ('too-old', 'agent-error', 'undelivered', 'restricted');
CREATE INDEX closing_outcomes ON outcomes (agent, chat, message) WHERE outcome IN ('answered', 'agent-silent', 'owner-wrote');

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
  not_before INTEGER NOT NULL DEFAULT 0,
  settled_at INTEGER,
  -- WhatsApp's time of the newest message that it answers.
  newest_at INTEGER,
  -- Where the answer stands among the chat's lines.
  after_row INTEGER NOT NULL,
  -- 1 where it is said while a person is asked for.
  asks INTEGER NOT NULL DEFAULT 0,
  UNIQUE (agent, message_id)
) STRICT;
CREATE INDEX outbox_pending ON outbox (agent, row) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_chat ON outbox (agent, chat, row);
CREATE INDEX outbox_by_age ON outbox (queued_at);

CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  origin TEXT NOT NULL,
  public_key TEXT NOT NULL,
  paired_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  made_here INTEGER NOT NULL
) STRICT;
`;

/** Every table. */
export const TABLES = [
  'relay',
  'agents',
  'agent_secrets',
  'off_intervals',
  'days',
  'costs',
  'knowledge',
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

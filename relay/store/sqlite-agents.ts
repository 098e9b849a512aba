/** Agents in SQLite: records, secrets in a table of their own, the switch with its off-intervals, counts, notes. */
import * as v from 'valibot';
import { ADAPTERS, AGENT_FAULTS } from '../../shared/contract/agent.ts';
import { type AgentId, SCOPES } from '../../shared/contract/chat.ts';
import { CapsSchema, type Money, NO_CAPS, PriceSchema } from '../../shared/contract/cost.ts';
import { type Schedule, ScheduleSchema } from '../../shared/contract/schedule.ts';
import { SWITCHED_BY } from '../../shared/contract/switched-by.ts';
import type { Random } from '../clock.ts';
import type {
  AgentLedger,
  AgentRecord,
  BackEnd,
  DayCount,
  LastingFault,
  OffInterval,
  Restricted,
  Spent,
  SwitchAct,
} from './agent-ledger.ts';
import { switchOff, switchOn } from './agent-switch.ts';
import { type Database, damaged, type Row } from './database.ts';
import { addCost, addToDay, dayCountOf, spentBetween } from './days.ts';
import { jsonOrNull, number, numberOrNull, text, textOrNull, word } from './row-reader.ts';
import { StoreError } from './store.ts';

const HASH_KEY_BYTES = 32;
const SELECT = `SELECT a.*, s.agent IS NOT NULL AS has_secret FROM agents a LEFT JOIN agent_secrets s ON s.agent = a.id`;

export class SqliteAgents implements AgentLedger {
  readonly #database: Database;
  readonly #random: Random;

  constructor(database: Database, random: Random) {
    this.#database = database;
    this.#random = random;
  }

  async list(): Promise<readonly AgentRecord[]> {
    return this.#database.all(`${SELECT} WHERE a.former_of IS NULL ORDER BY a.created_at, a.id`).map(readAgent);
  }

  async get(id: AgentId): Promise<AgentRecord | null> {
    const row = this.#database.get(`${SELECT} WHERE a.id = ?`, id);
    return row ? readAgent(row) : null;
  }

  async find(wanted: string): Promise<AgentRecord | null> {
    const row = this.#database.get(`${SELECT} WHERE a.former_of IS NULL AND (a.id = ?1 OR a.name = ?1)`, wanted);
    if (row) return readAgent(row);
    // SQLite knows the case of ASCII letters alone.
    const name = wanted.toLowerCase();
    return (await this.list()).find((agent) => agent.name.toLowerCase() === name) ?? null;
  }

  async add(agent: Parameters<AgentLedger['add']>[0]): Promise<void> {
    this.#database.transaction(() => {
      this.#requireFreeName(agent.name, agent.id);
      this.#database.run(
        'INSERT INTO agents (id, name, adapter, settings, switched_at, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        agent.id,
        agent.name,
        agent.backEnd.adapter,
        JSON.stringify(agent.backEnd.settings),
        agent.now,
        agent.now,
      );
      this.#database.run('INSERT INTO off_intervals (agent, began) VALUES (?, ?)', agent.id, agent.now);
      this.#setSecret(agent.id, agent.secret);
    });
  }

  async edit(id: AgentId, change: Parameters<AgentLedger['edit']>[1]): Promise<void> {
    const erases = change.secret !== undefined;
    this.#database[erases ? 'erasing' : 'transaction'](() => {
      if (change.name !== undefined) {
        this.#requireFreeName(change.name, id);
        this.#database.run('UPDATE agents SET name = ? WHERE id = ?', change.name, id);
      }
      if (change.backEnd) {
        const { adapter, settings } = change.backEnd;
        this.#database.run(
          'UPDATE agents SET adapter = ?, settings = ? WHERE id = ?',
          adapter,
          JSON.stringify(settings),
          id,
        );
      }
      if (change.scope) this.#database.run('UPDATE agents SET scope = ? WHERE id = ?', change.scope, id);
      if (change.schedule)
        this.#database.run('UPDATE agents SET schedule = ? WHERE id = ?', JSON.stringify(change.schedule), id);
      if (change.ownerMinutes !== undefined)
        this.#database.run('UPDATE agents SET owner_minutes = ? WHERE id = ?', change.ownerMinutes, id);
      if (change.price !== undefined)
        this.#database.run(
          'UPDATE agents SET price = ? WHERE id = ?',
          change.price && JSON.stringify(change.price),
          id,
        );
      if (change.caps) this.#database.run('UPDATE agents SET caps = ? WHERE id = ?', JSON.stringify(change.caps), id);
      if (change.secret !== undefined) this.#setSecret(id, change.secret);
    });
  }

  async remove(id: AgentId): Promise<void> {
    this.#database.erasing(() => {
      this.#database.run("DELETE FROM links WHERE agent = ? AND state <> 'unlinking'", id);
      this.#database.run('DELETE FROM agents WHERE id = ?', id);
    });
  }

  async secret(id: AgentId): Promise<string | null> {
    const row = this.#database.get('SELECT secret FROM agent_secrets WHERE agent = ?', id);
    return row ? text(row, 'secret') : null;
  }

  async switchTo(
    id: AgentId,
    on: boolean,
    now: number,
    act: SwitchAct = { by: 'person', backOnAt: null },
  ): Promise<void> {
    this.#database.transaction(() => {
      if (on) switchOn(this.#database, id, act.by, now);
      else switchOff(this.#database, id, act.by, now, act.backOnAt);
    });
  }

  async goOn(id: AgentId, day: string | null): Promise<void> {
    this.#database.run('UPDATE agents SET go_on_day = ? WHERE id = ?', day, id);
  }

  async setFault(id: AgentId, fault: LastingFault | null): Promise<void> {
    this.#database.run('UPDATE agents SET fault = ? WHERE id = ?', fault && JSON.stringify(fault), id);
  }

  async setRestricted(id: AgentId, { until, retryAt }: Restricted): Promise<void> {
    this.#database.run(
      'UPDATE agents SET restricted_until = ?, restricted_retry_at = ? WHERE id = ?',
      until,
      retryAt,
      id,
    );
  }

  async offIntervals(id: AgentId): Promise<readonly OffInterval[]> {
    return this.#database
      .all('SELECT began, ended, ignored FROM off_intervals WHERE agent = ? ORDER BY began', id)
      .map((row) => ({
        from: number(row, 'began'),
        until: numberOrNull(row, 'ended'),
        ignored: number(row, 'ignored'),
      }));
  }

  async lastIgnored(id: AgentId): Promise<number> {
    const row = this.#database.get('SELECT ignored FROM off_intervals WHERE agent = ? ORDER BY began DESC LIMIT 1', id);
    return row ? number(row, 'ignored') : 0;
  }

  async countOf(id: AgentId, day: string): Promise<DayCount> {
    return dayCountOf(this.#database, id, day);
  }

  async addToDay(id: AgentId, day: string, plus: Partial<DayCount>): Promise<void> {
    addToDay(this.#database, id, day, plus);
  }

  async spend(id: AgentId, day: string, money: Money): Promise<void> {
    addCost(this.#database, id, day, money);
  }

  async spent(id: AgentId, from: string, to: string): Promise<Spent> {
    return spentBetween(this.#database, id, from, to);
  }

  async note(id: AgentId, chatKey: string): Promise<string | null> {
    const row = this.#database.get('SELECT value FROM notes WHERE agent = ? AND chat_key = ?', id, chatKey);
    return row ? text(row, 'value') : null;
  }

  async keepNote(id: AgentId, chatKey: string, value: string | null): Promise<void> {
    if (value === null) this.#database.run('DELETE FROM notes WHERE agent = ? AND chat_key = ?', id, chatKey);
    else {
      this.#database.run(
        'INSERT INTO notes (agent, chat_key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
        id,
        chatKey,
        value,
      );
    }
  }

  /** An agent, or all (`null`), with what is kept for numbers that it had before: ids under which things are kept. */
  withFormer(id: AgentId | null): readonly AgentId[] {
    return this.#database
      .all('SELECT id FROM agents WHERE ?1 IS NULL OR id = ?1 OR former_of = ?1 ORDER BY created_at, id', id)
      .map((row) => text(row, 'id') as AgentId);
  }

  async formerNumbers(id: AgentId): ReturnType<AgentLedger['formerNumbers']> {
    return this.#database
      .all('SELECT id, own_number FROM agents WHERE former_of = ? ORDER BY created_at, id', id)
      .map((row) => ({ id: text(row, 'id') as AgentId, number: text(row, 'own_number') }));
  }

  async ownKey(id: AgentId): Promise<string> {
    const row = this.#database.get('SELECT own_key FROM agents WHERE id = ?', id);
    return row ? text(row, 'own_key') : '';
  }

  async hashKey(): Promise<Uint8Array> {
    return hashKey(this.#database, this.#random);
  }

  #requireFreeName(name: string, id: AgentId): void {
    if (this.#database.get('SELECT 1 FROM agents WHERE name = ? AND id <> ?', name, id)) {
      throw new StoreError('name-taken', 'Another agent has this name.', 'Choose another name.');
    }
  }

  #setSecret(id: AgentId, secret: string | null): void {
    if (secret === null) this.#database.run('DELETE FROM agent_secrets WHERE agent = ?', id);
    else {
      this.#database.run(
        'INSERT INTO agent_secrets (agent, secret) VALUES (?, ?) ON CONFLICT DO UPDATE SET secret = excluded.secret',
        id,
        secret,
      );
    }
  }
}

/** The key of all hashes of this relay: without it, a hashed id says nothing about a chat. */
export function hashKey(database: Database, random: Random): Uint8Array {
  const row = database.get("SELECT value FROM relay WHERE name = 'hash-key'");
  const value = row?.value;
  if (value instanceof Uint8Array) return value;
  const key = random.bytes(HASH_KEY_BYTES);
  database.run("INSERT INTO relay (name, value) VALUES ('hash-key', ?)", key);
  return key;
}

function readAgent(row: Row): AgentRecord {
  const scope = textOrNull(row, 'scope');
  return {
    id: text(row, 'id') as AgentId,
    name: text(row, 'name'),
    backEnd: { adapter: word(row, 'adapter', ADAPTERS), settings: readSettings(row) },
    hasSecret: number(row, 'has_secret') === 1,
    on: number(row, 'is_on') === 1,
    switchedAt: number(row, 'switched_at'),
    switchedBy: word(row, 'switched_by', SWITCHED_BY),
    actedAt: Math.max(number(row, 'acted_at'), number(row, 'switched_at')),
    backOnAt: numberOrNull(row, 'back_on_at'),
    scope: scope === null ? null : word(row, 'scope', SCOPES),
    goOnDay: textOrNull(row, 'go_on_day'),
    ownerMinutes: number(row, 'owner_minutes'),
    price: jsonAs(row, 'price', PriceSchema),
    caps: jsonAs(row, 'caps', CapsSchema) ?? NO_CAPS,
    restricted: { until: numberOrNull(row, 'restricted_until'), retryAt: numberOrNull(row, 'restricted_retry_at') },
    schedule: readSpans(row),
    fault: jsonAs(row, 'fault', FaultSchema),
    createdAt: number(row, 'created_at'),
  };
}

const FaultSchema = v.object({ fault: v.picklist(AGENT_FAULTS), detail: v.string(), at: v.number() });

/** Null where nothing is written. */
function jsonAs<T>(row: Row, column: string, schema: v.GenericSchema<unknown, T>): T | null {
  const written = jsonOrNull(row, column);
  if (written === null) return null;
  const parsed = v.safeParse(schema, written);
  if (!parsed.success) throw damaged();
  return parsed.output;
}

function readSpans(row: Row): Schedule {
  const spans = v.safeParse(ScheduleSchema, jsonOrNull(row, 'schedule'));
  if (!spans.success) throw damaged();
  return spans.output;
}

function readSettings(row: Row): BackEnd['settings'] {
  const settings = jsonOrNull(row, 'settings');
  if (typeof settings !== 'object' || settings === null) throw damaged();
  return { ...settings };
}

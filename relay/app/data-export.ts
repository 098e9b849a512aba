/**
 * The owner's copy of what the relay keeps: one JSON file in the data directory, 0600, written page by page under another
 * name and renamed when it is whole. Agents without their keys, chats, messages, answers, counts, settings; nothing of Signal.
 */
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AgentId } from '../../shared/contract/chat.ts';
import { CommandError, diskErrorOf } from '../api/command-error.ts';
import type { Clock } from '../clock.ts';
import type { SettingsEditor } from '../settings/settings-editor.ts';
import type { AgentRecord } from '../store/agent-ledger.ts';
import type { Page } from '../store/export-ledger.ts';
import type { Store } from '../store/store.ts';

export type ExportDeps = {
  readonly home: string;
  readonly store: Store;
  readonly settings: SettingsEditor;
  readonly clock: Clock;
};

export type WrittenExport = { readonly path: string; readonly bytes: number };

const FORMAT_VERSION = 2;
const NAME_START = 'recado-export';
/** What `recado doctor --linking` writes. */
const LINKING_START = 'recado-linking';
/** A copy of the data while an update is under way. */
const UPDATE_COPY = 'recado-update.sqlite';
const UPDATE_MOST_MS = 600_000;
const HALF_NAME = `${NAME_START}.part`;
const OWNER_ONLY = 0o600;

export class DataExport {
  readonly #deps: ExportDeps;
  /** One at a time: two would write into the same half. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: ExportDeps) {
    this.#deps = deps;
  }

  write(signal: AbortSignal): Promise<WrittenExport> {
    const written = this.#queue.then(() => this.#write(signal));
    this.#queue = written.catch(() => undefined);
    return written;
  }

  /** What a crash left: it holds texts, and is of no use. An update that is under way still needs its copy. */
  async removeHalf(): Promise<void> {
    await rm(this.#half, { force: true });
    const { home, clock } = this.#deps;
    const copy = path.join(home, UPDATE_COPY);
    const made = await stat(copy).catch(() => null);
    if (made && clock.now() - made.mtimeMs > UPDATE_MOST_MS) await rm(copy, { force: true });
  }

  /** Every copy in the data directory, also one that is being written. */
  async removeAll(): Promise<void> {
    const removed = this.#queue.then(async () => {
      const { home } = this.#deps;
      const names = (await readdir(home)).filter(
        (name) => name.startsWith(NAME_START) || name.startsWith(LINKING_START) || name === UPDATE_COPY,
      );
      await Promise.all(names.map((name) => rm(path.join(home, name), { force: true })));
    });
    this.#queue = removed.catch(() => undefined);
    return removed;
  }

  get #half(): string {
    return path.join(this.#deps.home, HALF_NAME);
  }

  async #write(signal: AbortSignal): Promise<WrittenExport> {
    const { home, clock } = this.#deps;
    const file = path.join(home, `${NAME_START}-${stampOf(clock.now())}.json`);
    try {
      const handle = await open(this.#half, 'w', OWNER_ONLY);
      try {
        for await (const part of this.#parts()) {
          signal.throwIfAborted();
          await handle.writeFile(part);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(this.#half, file);
      return { path: file, bytes: (await stat(file)).size };
    } catch (error) {
      await this.removeHalf();
      if (signal.aborted) throw error;
      throw (
        diskErrorOf(error) ??
        new CommandError('store-failed', 'The file could not be written.', 'Check the disk: recado doctor.', {
          cause: error,
        })
      );
    }
  }

  /** The file's text, bit by bit; each bit is whole lines. */
  async *#parts(): AsyncGenerator<string> {
    const { store, settings, clock } = this.#deps;
    const head = {
      format: 'recado-export',
      version: FORMAT_VERSION,
      exportedAt: clock.now(),
      settings: Object.fromEntries(settings.list().map(({ name, value }) => [name, value])),
      browsers: (await store.clients.list()).map(({ id, name, pairedAt, seenAt }) => ({ id, name, pairedAt, seenAt })),
    };
    yield `${inside(head)},\n"agents":[`;
    const agents = await store.agents.list();
    for (const [index, agent] of agents.entries()) {
      yield index === 0 ? '\n' : ',\n';
      yield* this.#agent(agent);
    }
    yield '\n]}\n';
  }

  async *#agent(agent: AgentRecord): AsyncGenerator<string> {
    const { exports, agents, links, knowledge } = this.#deps.store;
    const { id, name, backEnd, hasSecret: hasKey, on, scope, createdAt, schedule, ownerMinutes, price, caps } = agent;
    const link = (await links.list()).find(({ agentId, state }) => agentId === id && state === 'active');
    const number = link?.account?.number ?? null;
    const { adapter, settings } = backEnd;
    const days = await exports.days(id);
    const costs = await exports.costs(id);
    const offIntervals = await agents.offIntervals(id);
    const files = await knowledge.files(id);
    const chosen = { id, name, adapter, settings, hasKey, on, scope, schedule, ownerMinutes, price, caps };
    yield inside({ ...chosen, files, createdAt, number, days, costs, offIntervals });
    yield* this.#kept(id);
    yield ',\n"formerNumbers":[';
    for (const [index, former] of (await agents.formerNumbers(id)).entries()) {
      yield index === 0 ? '\n' : ',\n';
      const { number: formerNumber } = former;
      const counts = { days: await exports.days(former.id), costs: await exports.costs(former.id) };
      yield inside({ number: formerNumber, ...counts });
      yield* this.#kept(former.id);
      yield '}';
    }
    yield ']}';
  }

  /** What is kept per chat, as further fields of an object. */
  async *#kept(id: AgentId): AsyncGenerator<string> {
    const { exports } = this.#deps.store;
    const lists = {
      chats: (from: number) => exports.chats(id, from),
      messages: (from: number) => exports.messages(id, from),
      answers: (from: number) => exports.answers(id, from),
      outcomes: (from: number) => exports.outcomes(id, from),
    };
    for (const [list, read] of Object.entries(lists)) {
      yield `,\n"${list}":[`;
      yield* rowsOf(read);
      yield ']';
    }
  }
}

/** One row a line. The relay has its turn between two pages. */
async function* rowsOf(read: (from: number) => Promise<Page<unknown>>): AsyncGenerator<string> {
  let from: number | null = 0;
  let separator = '\n';
  while (from !== null) {
    const page: Page<unknown> = await read(from);
    if (page.rows.length > 0) yield separator + page.rows.map((row) => JSON.stringify(row)).join(',\n');
    separator = ',\n';
    from = page.next;
    await nextTurn();
  }
}

/** An object that is left open, for more to follow. */
function inside(object: object): string {
  return JSON.stringify(object).slice(0, -1);
}

/** `2026-11-24-081122-345`, in local time: a name that every file system takes. */
function stampOf(now: number): string {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('');
  return `${day}-${time}-${String(date.getMilliseconds()).padStart(3, '0')}`;
}

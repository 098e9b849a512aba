/**
 * What passed between WhatsApp and a device while it was linked, for a person whose link fails and who wants to show somebody why.
 * Names of the protocol are kept as they are; every other value is a hash, under a key that nobody keeps, and of contents there is the
 * length alone. In memory, the latest attempts, and no word of any message: it ends with the first login.
 */
import { createHmac } from 'node:crypto';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Clock, Random } from '../../clock.ts';

/** A stanza without its secrets. */
export type TracedNode = {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  /** Children, or how many bytes; left out where there is nothing. */
  readonly content?: readonly TracedNode[] | number;
};

export type TraceEntry = { /** Since the attempt began. */ readonly ms: number } & (
  | { readonly way: 'received' | 'sent'; readonly stanza: TracedNode }
  | { readonly way: 'state'; readonly what: Readonly<Record<string, string | number | null>> }
);

export type TracedAttempt = { /** Epoch ms. */ readonly startedAt: number; readonly entries: readonly TraceEntry[] };

const KEY_BYTES = 32;
const HASH_CHARACTERS = 10;
const MOST_ATTEMPTS = 3;
const MOST_ENTRIES = 400;
const MOST_CHILDREN = 20;
const MOST_DEPTH = 4;

/** Attributes whose values are words of the protocol, where they look like one. */
const OPEN_ATTRIBUTES: ReadonlySet<string> = new Set([
  'class',
  'code',
  'count',
  'error',
  'expire',
  'force_manual_refresh',
  'key-index',
  'reason',
  'should_show_push_notification',
  'stage',
  'text',
  'type',
  'v',
  'version',
  'xmlns',
]);
/** Contents that we choose ourselves from a closed list. */
const OPEN_CONTENTS: ReadonlySet<string> = new Set(['companion_platform_id', 'companion_platform_display']);
const SERVERS: ReadonlySet<string> = new Set(['s.whatsapp.net', 'lid', 'hosted', 'hosted.lid', 'g.us', 'c.us']);
const WORD = /^[a-z][a-z0-9:_.-]{0,49}$/i;
const SMALL_NUMBER = /^\d{1,5}$/;
/** What could be a number, a LID or an id is none of the protocol's words. */
const LONG_NUMBER = /\d{6}/;
const DISPLAY = /^[A-Za-z0-9 ()]{1,40}$/;

export class LinkingTrace {
  readonly #clock: Clock;
  readonly #key: Uint8Array;
  readonly #attempts: { readonly startedAt: number; readonly began: number; readonly entries: TraceEntry[] }[] = [];

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#key = random.bytes(KEY_BYTES);
  }

  /** Another attempt; of the oldest nothing is known any more. */
  begin(): void {
    this.#attempts.push({ startedAt: this.#clock.now(), began: this.#clock.monotonic(), entries: [] });
    if (this.#attempts.length > MOST_ATTEMPTS) this.#attempts.shift();
  }

  stanza(way: 'received' | 'sent', stanza: BinaryNode): void {
    this.#add((ms) => ({ ms, way, stanza: this.#traced(stanza, 0) }));
  }

  /** A state of the attempt, or how a connection ended: codes of ours, no words of anybody. */
  state(what: Readonly<Record<string, string | number | null>>): void {
    this.#add((ms) => ({ ms, way: 'state', what }));
  }

  get attempts(): readonly TracedAttempt[] {
    return this.#attempts.map(({ startedAt, entries }) => ({ startedAt, entries: [...entries] }));
  }

  #add(entry: (ms: number) => TraceEntry): void {
    const attempt = this.#attempts.at(-1);
    if (!attempt || attempt.entries.length >= MOST_ENTRIES) return;
    attempt.entries.push(entry(Math.round(this.#clock.monotonic() - attempt.began)));
  }

  #traced({ tag, attrs, content }: BinaryNode, depth: number): TracedNode {
    const traced = { tag: this.#word(tag), attrs: this.#attributes(attrs) };
    if (content === undefined || content === null) return traced;
    if (!Array.isArray(content)) return withContent(traced, tag, Buffer.from(content as Uint8Array));
    if (depth >= MOST_DEPTH) return { ...traced, content: content.length };
    return { ...traced, content: content.slice(0, MOST_CHILDREN).map((child) => this.#traced(child, depth + 1)) };
  }

  #attributes(attrs: BinaryNode['attrs']): Record<string, string> {
    const traced: [string, string][] = [];
    for (const [name, value] of Object.entries(attrs)) {
      // Points in time stand beside every entry already.
      if (value === undefined || name === 't') continue;
      traced.push([this.#word(name), this.#value(name, String(value))]);
    }
    return Object.fromEntries(traced);
  }

  #value(name: string, value: string): string {
    if (OPEN_ATTRIBUTES.has(name) && !LONG_NUMBER.test(value) && (WORD.test(value) || SMALL_NUMBER.test(value)))
      return value;
    const at = value.lastIndexOf('@');
    const server = value.slice(at + 1);
    if (!SERVERS.has(server)) return this.#hash(value);
    return at <= 0 ? server : `${this.#hash(value.slice(0, at))}@${server}`;
  }

  #word(text: string): string {
    return WORD.test(text) && !LONG_NUMBER.test(text) ? text : this.#hash(text);
  }

  #hash(value: string): string {
    return `#${createHmac('sha256', this.#key).update(value).digest('hex').slice(0, HASH_CHARACTERS)}`;
  }
}

function withContent(traced: TracedNode, tag: string, bytes: Buffer): TracedNode {
  const text = bytes.toString();
  const shows = OPEN_CONTENTS.has(tag) && DISPLAY.test(text) && !LONG_NUMBER.test(text);
  return { ...traced, attrs: shows ? { ...traced.attrs, says: text } : traced.attrs, content: bytes.length };
}

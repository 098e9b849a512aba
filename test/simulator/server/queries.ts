/**
 * Answers to the queries (`iq`) of a logged-in companion. A query that is not in the table is reported and refused:
 * a test that ends with one unknown has found something the simulator does not do yet.
 */
import { child, children, node, SERVER_JID, type Stanza } from '../wire/stanza.ts';
import type { Device } from './device.ts';
import type { Directory } from './directory.ts';
import { countPreKeys, keyBundles, keyDigest, rotateSignedPreKey, uploadPreKeys } from './key-queries.ts';
import { usync } from './usync-query.ts';

export type QueryContext = {
  readonly directory: Directory;
  readonly device: Device;
  /** The companion has asked for what waits. */
  activated(): void;
  /** The companion logs itself out. */
  removed(): void;
};

/** The children of a result; `undefined` for a result without any. Throw to refuse. */
export type QueryHandler = (query: Stanza, context: QueryContext) => readonly Stanza[] | undefined;

/** Keyed by namespace, type and first child: `encrypt get count`. */
const HANDLERS: Record<string, QueryHandler> = {
  'passive set active': (_query, context) => {
    context.activated();
    return undefined;
  },
  'passive set passive': () => undefined,
  'w:p get ping': () => undefined,
  'encrypt get count': (_query, { device }) => [countPreKeys(device)],
  'encrypt get digest': (_query, { device }) => [keyDigest(device)],
  'encrypt get key': (query, { directory }) => [keyBundles(directory, query)],
  'encrypt set registration': (query, { device }) => uploadPreKeys(device, query),
  'encrypt set rotate': (query, { device }) => rotateSignedPreKey(device, query),
  'usync get usync': (query, { directory, device }) => [usync(directory, device, query)],
  'abt get props': () => [node('props', { hash: 'simulated' })],
  'w get props': () => [node('props', { hash: 'simulated' })],
  'privacy get privacy': () => [node('privacy', {}, [node('category', { name: 'readreceipts', value: 'all' })])],
  'privacy set tokens': () => undefined,
  'blocklist get ': () => [node('list')],
  'w:stats set add': () => undefined,
  'urn:xmpp:whatsapp:dirty set clean': () => undefined,
  'md set remove-companion-device': (_query, context) => {
    context.removed();
    return undefined;
  },
};

/** App state without a phone's contribution: every collection empty, at the version that was asked for. */
const emptyAppState: QueryHandler = (query) => [
  node(
    'sync',
    {},
    children(child(query, 'sync')).map(({ attrs }) =>
      node('collection', { name: attrs.name, version: attrs.version, type: 'result' }),
    ),
  ),
];

export class Queries {
  /** Namespace, type and child of queries that nobody here understands. */
  readonly unknown: string[] = [];
  readonly #handlers = new Map<string, QueryHandler>(Object.entries(HANDLERS));

  constructor() {
    this.handle('w:sync:app:state set sync', emptyAppState);
  }

  /** Adds or replaces the handler of one kind of query. */
  handle(kind: string, handler: QueryHandler): void {
    this.#handlers.set(kind, handler);
  }

  answer(query: Stanza, context: QueryContext): Stanza {
    const { id, to, xmlns = '', type = '' } = query.attrs;
    const kind = `${xmlns} ${type} ${children(query)[0]?.tag ?? ''}`;
    const handler = this.#handlers.get(kind);
    const from = to ?? SERVER_JID;
    if (!handler) {
      this.unknown.push(kind);
      return refusal(id, from, '501', 'feature-not-implemented');
    }
    try {
      const content = handler(query, context);
      return node('iq', { id, from, type: 'result' }, content ? [...content] : undefined);
    } catch (error) {
      return refusal(id, from, '400', error instanceof Error ? error.message : 'bad-request');
    }
  }
}

function refusal(id: string | undefined, from: string, code: string, text: string): Stanza {
  return node('iq', { id, from, type: 'error' }, [node('error', { code, text })]);
}

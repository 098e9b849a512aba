/** Stock Baileys with its keys in memory: the client that the simulator is measured against. */
import { EventEmitter, once } from 'node:events';
import makeWASocket, {
  type AuthenticationCreds,
  type AuthenticationState,
  initAuthCreds,
  NACK_REASONS,
  type SignalDataSet,
  type SignalKeyStore,
  type UserFacingSocketConfig,
  WA_CERT_DETAILS,
  type WAMessage,
} from '@whiskeysockets/baileys';
import { pino } from 'pino';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { CARELESS } from './loopback-whatsapp.ts';

export type StockClient = {
  readonly creds: AuthenticationCreds;
  readonly auth: AuthenticationState;
  readonly messages: WAMessage[];
  readonly codes: string[];
  /** Status codes of closed sockets, in order. */
  readonly closes: number[];
  socket: ReturnType<typeof makeWASocket>;
  connect(): void;
  opened(): Promise<void>;
  end(): void;
};

/** As Baileys has them, whatever the relay has made of them in this process. */
const STOCK_REASONS = { ...NACK_REASONS };

function memoryAuth(): AuthenticationState {
  const rows = new Map<string, unknown>();
  const keys: SignalKeyStore = {
    get: async (type, ids) => {
      const found: Record<string, never> = {};
      for (const id of ids) if (rows.has(`${type} ${id}`)) found[id] = rows.get(`${type} ${id}`) as never;
      return found;
    },
    set: async (data: SignalDataSet) => {
      for (const [type, entries] of Object.entries(data)) {
        for (const [id, value] of Object.entries(entries ?? {})) {
          if (value === null) rows.delete(`${type} ${id}`);
          else rows.set(`${type} ${id}`, value);
        }
      }
    },
  };
  return { creds: initAuthCreds(), keys };
}

/** Connects, shows a code that the person's phone scans, and is online. */
export async function linkStock(whatsapp: WhatsApp, client: StockClient, person: Person): Promise<void> {
  const opened = client.opened();
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'a code was shown');
  await person.scan(client.codes[0] ?? '');
  await opened;
}

/** A client that reopens after 515 and otherwise stays closed. */
export function stockClient(
  whatsapp: Pick<WhatsApp, 'url' | 'rootKey'> & Partial<Pick<WhatsApp, 'faults'>>,
  config: Partial<UserFacingSocketConfig> = {},
): StockClient {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(whatsapp.rootKey);
  Object.assign(NACK_REASONS, STOCK_REASONS);
  CARELESS.add(whatsapp);
  // It asks for a second copy of whatever comes twice.
  if (whatsapp.faults) whatsapp.faults.lostConfirmations = 0;
  const auth = config.auth ?? memoryAuth();
  const events = new EventEmitter();
  const client: StockClient = {
    creds: auth.creds,
    auth,
    messages: [],
    codes: [],
    closes: [],
    socket: undefined as never,
    connect() {
      const socket = makeWASocket({
        ...config,
        auth,
        logger: pino({ level: 'silent' }),
        waWebSocketUrl: whatsapp.url,
        markOnlineOnConnect: false,
        syncFullHistory: false,
        // Off by default: a simulator with wrong MACs would pass.
        appStateMacVerification: { patch: true, snapshot: true },
      });
      client.socket = socket;
      socket.ev.on('messages.upsert', ({ messages }) => client.messages.push(...messages));
      socket.ev.on('connection.update', ({ connection, lastDisconnect, qr }) => {
        if (qr) client.codes.push(qr);
        if (connection === 'open') events.emit('open');
        if (connection !== 'close') return;
        const error: unknown = lastDisconnect?.error;
        const code = (error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode ?? 0;
        client.closes.push(code);
        if (code === 515) client.connect();
      });
    },
    async opened() {
      await once(events, 'open');
    },
    end() {
      client.socket.end(undefined);
    },
  };
  return client;
}

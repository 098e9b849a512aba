/** Stock Baileys in a process of its own, with an empty handler: keys in memory, or in files as its documentation shows. Spoken to over IPC. */
import makeWASocket, {
  initAuthCreds,
  type SignalDataSet,
  type SignalKeyStore,
  useMultiFileAuthState,
  WA_CERT_DETAILS,
} from '@whiskeysockets/baileys';
import { pino } from 'pino';

export type StockTold = { readonly code: string } | { readonly open: true };

const [url = '', rootKey = '', folder] = process.argv.slice(2);
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex');
const tell = (told: StockTold): void => void process.send?.(told);
const { state, saveCreds } =
  folder === undefined
    ? { state: { creds: initAuthCreds(), keys: memoryKeys() }, saveCreds: async () => undefined }
    : await useMultiFileAuthState(folder);

function memoryKeys(): SignalKeyStore {
  const rows = new Map<string, unknown>();
  return {
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
}

function connect(): void {
  const socket = makeWASocket({
    auth: state,
    logger: pino({ level: 'silent' }),
    waWebSocketUrl: url,
    markOnlineOnConnect: false,
    syncFullHistory: false,
  });
  socket.ev.on('creds.update', () => void saveCreds());
  socket.ev.on('messages.upsert', () => undefined);
  socket.ev.on('connection.update', ({ connection, qr, isNewLogin }) => {
    if (qr) tell({ code: qr });
    if (connection === 'open') tell({ open: true });
    // 515 follows the scan: once more with the same credentials.
    if (connection === 'close' && state.creds.me && !isNewLogin) connect();
  });
}

process.on('disconnect', () => process.exit(0));
connect();

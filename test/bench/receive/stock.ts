/**
 * Stock Baileys in a process of its own: keys in memory, or in files as its documentation shows. Its handler is empty, or hands each text to
 * an agent and sends what comes back. Spoken to over IPC.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import makeWASocket, {
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  type SignalDataSet,
  useMultiFileAuthState,
  WA_CERT_DETAILS,
} from '@whiskeysockets/baileys';
import { pino } from 'pino';

export type StockTold = { readonly code: string } | { readonly open: true };

const [kind = 'bare', url = '', rootKey = '', folder = '', agentUrl] = process.argv.slice(2);
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex');
const tell = (told: StockTold): void => void process.send?.(told);
const { state, save, end } = kind === 'bare' ? inMemory(path.join(folder, 'memory.json')) : await inFiles(folder);

type Keys = { readonly state: AuthenticationState; readonly save: () => unknown; readonly end: () => void };

/** Written to `file` when the process ends, so that it can be started again; nothing is written before. */
function inMemory(file: string): Keys {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'), BufferJSON.reviver) : null;
  const rows = new Map<string, unknown>(kept?.rows);
  const creds = kept?.creds ?? initAuthCreds();
  return {
    state: {
      creds,
      keys: {
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
      },
    },
    save: () => undefined,
    end: () => writeFileSync(file, JSON.stringify({ creds, rows: [...rows] }, BufferJSON.replacer)),
  };
}

async function inFiles(where: string): Promise<Keys> {
  const { state: auth, saveCreds } = await useMultiFileAuthState(path.join(where, 'auth'));
  return { state: auth, save: saveCreds, end: () => undefined };
}

function connect(): void {
  const socket = makeWASocket({
    auth: state,
    logger: pino({ level: 'silent' }),
    waWebSocketUrl: url,
    markOnlineOnConnect: false,
    syncFullHistory: false,
  });
  socket.ev.on('creds.update', () => void save());
  socket.ev.on('messages.upsert', ({ messages }) => {
    if (agentUrl === undefined) return;
    for (const { key, message } of messages) {
      if (!key.fromMe) void answer(String(key.remoteJid), message?.conversation ?? '');
    }
  });
  socket.ev.on('connection.update', ({ connection, qr, isNewLogin }) => {
    if (qr) tell({ code: qr });
    if (connection === 'open') tell({ open: true });
    // 515 follows the scan: once more with the same credentials.
    if (connection === 'close' && state.creds.me && !isNewLogin) connect();
  });
  const answer = async (jid: string, text: string): Promise<void> => {
    const response = await fetch(agentUrl ?? '', { method: 'POST', body: JSON.stringify({ text }) });
    const { output }: { readonly output: string } = await response.json();
    await socket.sendMessage(jid, { text: output });
  };
}

process.on('disconnect', () => {
  end();
  process.exit(0);
});
connect();

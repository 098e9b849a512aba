/** The relay of the demo: the bundle that `npm start` runs, as a process of its own, with a data directory that is gone afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Language } from '../../shared/locales/languages.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type LocalClient, localClient } from '../support/local-client.ts';

const MAIN = path.join(import.meta.dirname, '..', '..', 'recado-relay', 'main.js');
/** Faster than with real people: nobody who tries it out wants to wait as they would. */
const QUICK = {
  RECADO_GATHER_SECONDS: '1',
  RECADO_PACE_SECONDS: '1',
  RECADO_PIECES_SECONDS: '2',
  RECADO_GAP_SECONDS: '0.3',
};
const STOP_MS = 6_000;

export type DemoRelay = {
  readonly port: number;
  readonly client: LocalClient;
  stop(): Promise<void>;
};

export async function startDemoRelay(whatsapp: WhatsApp, home: string, language: Language): Promise<DemoRelay> {
  const child = spawn(process.execPath, [MAIN, 'start', '--json'], {
    env: {
      PATH: process.env.PATH,
      RECADO_HOME: home,
      RECADO_PORT: '0',
      RECADO_LANGUAGE: language,
      RECADO_WHATSAPP_URL: whatsapp.url,
      RECADO_WHATSAPP_ROOT_KEY: Buffer.from(whatsapp.rootKey).toString('hex'),
      ...QUICK,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C is the demo's: it stops its relay itself.
    detached: process.platform !== 'win32',
  });
  const gone = once(child, 'close');
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(late);
  };
  try {
    const port = await Promise.race([portIn(child.stdout), gone.then(() => null)]);
    if (port === null) throw new Error('the relay of the demo did not start');
    const client = await localClient(path.join(home, 'relay.sock'));
    return {
      port,
      client,
      stop: async () => {
        client.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function portIn(out: NodeJS.ReadableStream): Promise<number> {
  const lines = createInterface({ input: out });
  const [first] = (await once(lines, 'line')) as [string];
  // What comes later is nobody's, and may not fill the pipe.
  out.resume();
  return Number((JSON.parse(first) as { port: unknown }).port);
}

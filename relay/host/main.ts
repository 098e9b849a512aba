/** The program that a browser starts for our extension: one message in, one out, and it ends. Standard output carries nothing else. */
import path from 'node:path';
import { systemClock } from '../clock.ts';
import { wake } from '../installation/login-item.ts';
import { readRecord } from '../installation/record.ts';
import { runSystem } from '../installation/system-commands.ts';
import { untrusted } from '../installation/trusted-files.ts';
import { RelayClient } from '../server/relay-client.ts';
import { frameOf, readFrame } from './native-frame.ts';
import { answerNative } from './native-host.ts';

/** The installation's folder, above the program's and the bundle's. */
const ROOT = path.join(import.meta.dirname, '..', '..');
const RECORD = path.join(ROOT, 'installation.json');

const record = readRecord(RECORD);

const reply = await answerNative(await readFrame(process.stdin).catch(() => null), {
  args: process.argv.slice(2),
  clock: systemClock,
  isSafe: () => record !== null && untrusted([RECORD, record.node, record.main, record.keeper]) === null,
  wake: () => {
    if (record) wake(record, runSystem);
  },
  ask: async (command, params) => {
    if (!record) return null;
    const client = new RelayClient(record.home, process.env, systemClock);
    const answer = await client.request(command, params);
    await client.close();
    return answer.type === 'done' ? answer.result : null;
  },
});
process.stdout.write(frameOf(reply), () => process.exit(0));

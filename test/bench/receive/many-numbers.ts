/** One relay with several numbers: what each costs in memory. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { environment, Recado, WhatsAppProcess } from './clients.ts';
import { usageOf } from './process-usage.ts';

const SETTLE_MS = 1_500;

/** Resident memory with so many numbers linked, for each of `counts`, ascending. */
export async function measureNumbers(
  counts: readonly number[],
): Promise<readonly { readonly count: number; readonly rssBytes: number }[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recado-numbers-'));
  const whatsapp = new WhatsAppProcess();
  const recado = new Recado(environment(await whatsapp.ready(), folder, true));
  const { child } = await recado.start();
  const found: { count: number; rssBytes: number }[] = [];
  try {
    let linked = 0;
    for (const count of counts) {
      for (; linked < count; linked++) {
        const name = linked === 0 ? 'Recado' : `Recado ${linked + 1}`;
        if (linked > 0) await recado.command('agents', 'add', name, '--adapter', 'built-in', '--json');
        const number = `55118666${String(linked).padStart(5, '0')}`;
        await recado.link((code) => whatsapp.scan(code, number), [name]);
      }
      await pause(SETTLE_MS);
      found.push({ count, rssBytes: usageOf(child.pid ?? 0).rssBytes });
    }
    return found;
  } finally {
    const gone = once(child, 'close');
    child.kill('SIGTERM');
    await gone;
    await whatsapp.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

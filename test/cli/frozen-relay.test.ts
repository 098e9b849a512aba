/** A relay that takes the connection and says nothing keeps no command waiting. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { begin } from './command-bench.ts';

test.each(['status --json', 'off --json', 'agents list --json'])(
  'recado %s ends within five seconds, and says so',
  async (line) => {
    const home = temporaryDirectory();
    const frozen = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume();
    });
    frozen.listen(path.join(home, 'relay.sock'));
    await once(frozen, 'listening');
    onTestFinished(() => void frozen.close());
    const clock = new ManualClock(0);
    const { terminal, exit } = begin(line.split(' '), { home, clock });
    await vi.waitFor(() => expect(clock.waiting).toBeGreaterThan(0));
    await clock.advance(5_000);
    expect(await exit).toBe(3);
    expect(terminal.objects).toMatchObject([{ error: { code: 'relay-silent' } }]);
  },
);

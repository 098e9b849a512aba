/** One command of the command line, run in this process: real socket, played relay, a terminal that the test holds. */
import { type CliParts, runCli } from '../../relay/cli/cli.ts';
import type { StartRelay } from '../../relay/cli/start-command.ts';
import type { Clock } from '../../relay/clock.ts';
import { systemClock } from '../../relay/clock.ts';
import { resolveSettings } from '../../relay/settings/resolution.ts';
import { FakeTerminal } from '../support/fake-terminal.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

type Given = ConstructorParameters<typeof FakeTerminal>[0] & {
  readonly home?: string;
  readonly startRelay?: StartRelay;
  readonly clock?: Clock;
  readonly installation?: CliParts['installation'];
};

const NOT_INSTALLABLE: CliParts['installation'] = {
  system: 'aix',
  installer: null,
  run: () => ({ ok: false, output: '' }),
  runIn: () => false,
  source: () => null,
  eraseData: () => undefined,
  firstSteps: () => null,
};

export type Run = { readonly terminal: FakeTerminal; readonly exit: Promise<number> };

const neverStarts: StartRelay = async () => {
  throw new Error('no relay is started in this test');
};

export function begin(argv: readonly string[], given: Given = {}): Run {
  const terminal = new FakeTerminal(given);
  const home = given.home ?? temporaryDirectory();
  const exit = runCli(argv, {
    version: '1.2.3',
    startRelay: given.startRelay ?? neverStarts,
    resolve: (flags) =>
      resolveSettings({ flags, environment: terminal.environment, defaultHome: home, readFile: () => null }),
    terminal,
    clock: given.clock ?? systemClock,
    helpAt: (language, trouble) => `help:${language}#${trouble}`,
    installation: given.installation ?? NOT_INSTALLABLE,
  });
  return { terminal, exit };
}

export async function run(argv: readonly string[], given: Given = {}) {
  const { terminal, exit } = begin(argv, given);
  const code = await exit;
  const { written: out, errors: err, everything } = terminal;
  return { code, out, err, everything, terminal };
}

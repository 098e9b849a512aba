/**
 * What the command line writes to and reads from, and whether a person sits there. Knows no command.
 * Progress and colours are for a terminal only; hidden input is echoed nowhere.
 */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Terminal {
  /** A person reads the output: progress may be drawn over. */
  readonly shows: boolean;
  /** A person can be asked. */
  readonly asks: boolean;
  readonly colours: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
  /** Resolves to null where the input ends instead of answering. `hidden`: what is typed is not shown. */
  ask(question: string, options: { readonly hidden: boolean }): Promise<string | null>;
  /** All of standard input. */
  readAll(): Promise<string>;
  /** Standard input line by line. */
  lines(): AsyncIterable<string>;
  /** Calls back on Ctrl-C and on a request to end (SIGTERM); the returned function ends that. */
  onInterrupt(listener: () => void): () => void;
}

/** What terminals began with; a pipe has no size at all. */
const SIZE_UNKNOWN = { columns: 80, rows: 24 };

export function systemTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // A reader that went away (`| head`) is no reason to fall over.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const shows = stdout.isTTY === true;
  return {
    shows,
    asks: shows && stdin.isTTY === true,
    // https://no-color.org: present and not empty, whatever its value.
    colours: shows && !env.NO_COLOR && env.TERM !== 'dumb',
    columns: stdout.columns ?? SIZE_UNKNOWN.columns,
    rows: stdout.rows ?? SIZE_UNKNOWN.rows,
    environment: env,
    out: (chunk) => void stdout.write(chunk),
    err: (chunk) => void stderr.write(chunk),
    ask: (question, { hidden }) => ask(question, hidden),
    readAll: () => text(stdin),
    lines: () => createInterface({ input: stdin }),
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}

function ask(question: string, hidden: boolean): Promise<string | null> {
  const { stdin, stdout, stderr } = process;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // readline echoes to its output: hidden input is echoed to nowhere, and the question is written past it.
  const reader = createInterface({ input: stdin, output: hidden ? nowhere : stdout, terminal: true });
  if (hidden) stderr.write(question);
  return new Promise((resolve) => {
    let answer: string | null = null;
    reader.on('SIGINT', () => {
      reader.close();
      process.kill(process.pid, 'SIGINT');
    });
    reader.on('close', () => {
      if (hidden) stderr.write('\n');
      resolve(answer);
    });
    reader.question(hidden ? '' : question, (line) => {
      answer = line;
      reader.close();
    });
  });
}

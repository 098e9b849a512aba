/** A terminal that a test reads and types into. */
import type { Terminal } from '../../relay/cli/terminal.ts';

export class FakeTerminal implements Terminal {
  readonly shows: boolean;
  readonly asks: boolean;
  readonly colours: boolean;
  readonly columns = 100;
  readonly rows = 50;
  readonly environment: Record<string, string | undefined>;
  written = '';
  errors = '';
  /** Questions asked, each with whether the answer would be shown. */
  readonly questions: { readonly question: string; readonly hidden: boolean }[] = [];
  readonly #answers: string[];
  readonly #input: string;
  readonly #interrupts = new Set<() => void>();

  constructor(
    given: {
      readonly person?: boolean;
      readonly colours?: boolean;
      readonly environment?: Record<string, string>;
      readonly answers?: readonly string[];
      readonly input?: string;
    } = {},
  ) {
    this.shows = given.person ?? false;
    this.asks = given.person ?? false;
    this.colours = given.colours ?? false;
    this.environment = given.environment ?? {};
    this.#answers = [...(given.answers ?? [])];
    this.#input = given.input ?? '';
  }

  /** The objects of standard output; throws where a connection is none. */
  get objects(): readonly Record<string, unknown>[] {
    return this.written
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  get everything(): string {
    return this.written + this.errors + JSON.stringify(this.questions);
  }

  interrupt(): void {
    for (const listener of [...this.#interrupts]) listener();
  }

  get listens(): boolean {
    return this.#interrupts.size > 0;
  }

  out(text: string): void {
    this.written += text;
  }
  err(text: string): void {
    this.errors += text;
  }
  async ask(question: string, { hidden }: { readonly hidden: boolean }): Promise<string | null> {
    this.questions.push({ question, hidden });
    return this.#answers.shift() ?? null;
  }
  async readAll(): Promise<string> {
    return this.#input;
  }
  async *lines(): AsyncGenerator<string> {
    yield* this.#input.split('\n');
  }
  onInterrupt(listener: () => void): () => void {
    this.#interrupts.add(listener);
    return () => void this.#interrupts.delete(listener);
  }
}

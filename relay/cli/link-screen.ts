/**
 * An attempt to link as a person sees it: the code, its count, the seconds left, and where things stand.
 * On a terminal a new code takes the old one's place; elsewhere everything is written once. Knows no relay.
 */
import type { Code, Report } from '../../shared/contract/commands/link-commands.ts';
import { describeReport } from '../../shared/locales/description.ts';
import type { Timer } from '../clock.ts';
import type { Context } from './context.ts';
import { drawQr, type Paper } from './qr-drawing.ts';

const SECOND_MS = 1_000;
const CLEAR_LINE = '\r\u001b[K';

export class LinkScreen {
  readonly #context: Context;
  readonly #paper: Paper;
  #code: Code | null = null;
  /** Lines of the drawing on a terminal, above the line that counts down. */
  #drawn = 0;
  #timer: Timer | null = null;
  #said = '';
  /** As often as it was said that the code is to be scanned once more. */
  #renewals = 0;
  /** Drawings are made one after the other. */
  #work: Promise<void> = Promise.resolve();

  constructor(context: Context, options: { readonly light: boolean }) {
    this.#context = context;
    this.#paper = context.terminal.colours ? 'coloured' : options.light ? 'light' : 'dark';
  }

  showCode(code: Code): void {
    this.#code = code;
    if (code.renewals > this.#renewals) {
      this.#renewals = code.renewals;
      this.say(this.#context.shared.phases['scan-again']);
    }
    this.#work = this.#work.then(() => this.#draw(code));
  }

  /** A sentence is said once, until another one is true. */
  showReport(report: Report): void {
    this.#work = this.#work.then(() => {
      if (report.phase !== 'showing-code') this.#clearCode();
      const { label, description } = describeReport({ ...report, qr: this.#code && {} }, this.#context.shared);
      const sentence = `${label}: ${description}`;
      if (report.phase === 'showing-code' || sentence === this.#said) return;
      this.#said = sentence;
      this.#context.say('{sentence}', { sentence });
    });
  }

  /** Letters are no drawing: each stands on a line of its own, and stays. */
  showPhoneCode(code: Code): void {
    this.say(this.#context.fill(this.#context.words.link.phoneCode, code));
  }

  /** After what was said before. */
  say(sentence: string): void {
    this.#work = this.#work.then(() => {
      this.#clearCode();
      this.#context.say('{sentence}', { sentence });
    });
  }

  /** Resolves when all is drawn, with no code left on a terminal: it is a secret, and soon worth nothing. */
  async stop(): Promise<void> {
    await this.#work;
    this.#clearCode();
  }

  async #draw(code: Code): Promise<void> {
    const { terminal, words } = this.#context;
    const lines = await drawQr(code.text, this.#paper);
    this.#clearCode();
    this.#code = code;
    terminal.out(`${lines.join('\n')}\n`);
    if (!terminal.shows) {
      this.#context.say(words.link.code, code);
      return;
    }
    this.#drawn = lines.length;
    this.#tick();
  }

  #tick(): void {
    const { terminal, words, clock } = this.#context;
    const code = this.#code;
    if (!code) return;
    const seconds = Math.max(0, Math.ceil((code.expiresAt - clock.now()) / SECOND_MS));
    const count = this.#context.fill(words.link.code, code);
    const left = this.#context.fill(words.link.left, { seconds });
    terminal.out(`${CLEAR_LINE}${count} · ${left} · ${words.link.toCancel}`);
    this.#timer = clock.after(SECOND_MS, () => this.#tick());
  }

  #clearCode(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#code = null;
    if (this.#drawn === 0) return;
    const { terminal } = this.#context;
    // Lines that have scrolled out of a low window cannot be reached; the rest is cleared.
    const up = Math.min(this.#drawn, terminal.rows - 1);
    terminal.out(`${CLEAR_LINE}\u001b[${up}A\u001b[0J`);
    this.#drawn = 0;
  }
}

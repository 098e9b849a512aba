/** What one look of the doctor found. A level, and a sentence of its words or one made elsewhere. */
import type { Advice } from '../../../shared/locales/shapes.ts';
import type { CliWords } from '../../../shared/locales/words.ts';

export type Level = 'ok' | 'warning' | 'failed';

type Seen = {
  /** What was looked at, for scripts. */
  readonly check: 'directory' | 'disk' | 'clock' | 'relay' | 'port' | 'whatsapp' | 'link' | 'agents' | 'agent';
  readonly level: Level;
  readonly values?: Readonly<Record<string, string | number>>;
};

export type Finding = Seen &
  ({ readonly word: keyof CliWords['doctor'] } | { readonly sentence: string } | { readonly advice: Advice });

/** A finding of the doctor: a level, and a sentence of its words or one made elsewhere. */
import type { Trouble } from '../../../shared/locales/help-page.ts';
import type { Advice } from '../../../shared/locales/shapes.ts';
import type { CliWords } from '../../../shared/locales/words.ts';

/** `note`: nothing is wrong, and it cannot be said that all is well. */
export type Level = 'ok' | 'note' | 'warning' | 'failed';

type Seen = {
  /** The name of the check, for scripts. */
  readonly check:
    | 'directory'
    | 'disk'
    | 'clock'
    | 'relay'
    | 'port'
    | 'proxy'
    | 'whatsapp'
    | 'link'
    | 'agents'
    | 'agent';
  readonly level: Level;
  readonly values?: Readonly<Record<string, string | number>>;
  /** The trouble of a check that is not well, where the check alone does not say it. */
  readonly trouble?: Trouble;
};

/** The trouble under which the documents go on. */
export const CHECK_TROUBLES: Readonly<Record<Seen['check'], Trouble>> = {
  directory: 'disk',
  disk: 'disk',
  clock: 'clock',
  relay: 'relay-not-running',
  port: 'relay-not-running',
  proxy: 'reconnecting',
  whatsapp: 'reconnecting',
  link: 'reconnecting',
  agents: 'relay-not-running',
  agent: 'agent',
};

export type Finding = Seen &
  ({ readonly word: keyof CliWords['doctor'] } | { readonly sentence: string } | { readonly advice: Advice });

/** Where an agent's key comes from: a hidden question, standard input, an environment variable. Never an argument; never shown. */
import { EXIT } from './cli-error.ts';
import type { Context } from './context.ts';

export type KeyOptions = {
  readonly askKey?: boolean | undefined;
  readonly keyStdin?: boolean | undefined;
  readonly keyEnv?: string | undefined;
  readonly removeKey?: boolean | undefined;
  /** Only there to be refused with a word of advice. */
  readonly key?: string | boolean | undefined;
};

/** Before anything else: a person who typed a key there is told even where the rest goes wrong. */
export function refuseKeyArgument(context: Context, { key }: KeyOptions): void {
  if (key !== undefined) throw context.fault('key-as-argument', EXIT.usage);
}

/** A key, null to remove the stored one, or undefined where nothing was said about it. */
export async function readKey(context: Context, options: KeyOptions): Promise<string | null | undefined> {
  const sources = [options.askKey, options.keyStdin, options.keyEnv, options.removeKey].filter(Boolean);
  if (sources.length > 1) throw context.fault('key-twice', EXIT.usage);
  if (options.removeKey) return null;
  if (options.keyStdin) return required(context, await context.terminal.readAll());
  if (options.keyEnv !== undefined) {
    const { environment } = context.terminal;
    return required(context, Object.hasOwn(environment, options.keyEnv) ? environment[options.keyEnv] : undefined);
  }
  if (options.askKey) return required(context, await askKey(context, true));
  return undefined;
}

/** Empty where the person has none. */
export async function askKey(context: Context, isRequired: boolean): Promise<string> {
  const { key, keyOptional } = context.words.agents;
  const answer = await context.terminal.ask(isRequired ? key : keyOptional, { hidden: true });
  if (answer === null) throw context.fault('interrupted', EXIT.interrupted);
  return answer.trim();
}

function required(context: Context, text: string | undefined): string {
  const key = text?.trim();
  if (!key) throw context.fault('key-empty', EXIT.usage);
  return key;
}

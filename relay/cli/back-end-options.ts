/** `--set name=value` to a back end's settings, each read by its field's kind. What is wrong with a value, the relay judges. */
import type { ShownAdapter } from '../../shared/contract/commands/setup-commands.ts';
import { EXIT } from './cli-error.ts';
import type { Context } from './context.ts';

const YES = ['yes', 'true', 'on', 'sim', 'sí', 'si'];
const NO = ['no', 'false', 'off', 'não', 'nao'];

export function readSettings(
  context: Context,
  adapter: ShownAdapter | undefined,
  pairs: readonly string[],
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    // The text there may be half a key: it is not repeated.
    if (cut < 1) throw context.fault('usage', EXIT.usage, { detail: '--set name=value' });
    const name = pair.slice(0, cut);
    const field = adapter?.fields.find((each) => each.name === name);
    if (field?.secret) throw context.fault('key-as-argument', EXIT.usage);
    settings[name] = readValue(context, name, field?.kind, pair.slice(cut + 1));
  }
  return settings;
}

function readValue(context: Context, name: string, kind: string | undefined, text: string): unknown {
  const word = text.trim().toLowerCase();
  switch (kind) {
    case 'yes-or-no':
      return YES.includes(word) ? true : NO.includes(word) ? false : text;
    case 'number':
      // People type the comma of their language.
      return /^-?\d+([.,]\d+)?$/.test(word) ? Number(word.replace(',', '.')) : text;
    case 'structure':
      try {
        return JSON.parse(text);
      } catch {
        throw context.fault('usage', EXIT.usage, { detail: `--set ${name}='…' (JSON)` });
      }
    default:
      return text;
  }
}

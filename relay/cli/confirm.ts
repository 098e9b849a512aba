/** A yes before what nothing brings back: asked once on a terminal, `--yes` elsewhere. */
import { EXIT } from './cli-error.ts';
import type { Context } from './context.ts';

/** False where the person says no; throws where no person can be asked. */
export async function confirm(context: Context, question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (context.json || !context.terminal.asks) throw context.fault('yes-needed', EXIT.usage);
  const answer = await context.terminal.ask(question, { hidden: false });
  if (context.words.forget.yes.includes((answer ?? '').trim().toLowerCase())) return true;
  context.say(context.words.forget.leftAlone);
  return false;
}

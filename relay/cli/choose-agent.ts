/** Which agent is meant: by id, by name in any case, or the only one there is. The relay judges the same way. */
import type { AgentDetails } from '../../shared/contract/commands/setup-commands.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { CliError, EXIT } from './cli-error.ts';
import type { Context } from './context.ts';

export async function chooseAgent(context: Context, wanted: string | undefined): Promise<AgentDetails> {
  const { agents } = await context.ask(setup.status, {});
  const [only] = agents;
  const found =
    wanted === undefined
      ? agents.length === 1 && only
      : agents.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  const code = wanted === undefined ? 'which-agent' : 'no-such-agent';
  const { sentence, remedy } = context.commandFaults[code];
  const names = agents.map(({ name }) => name).join(', ');
  throw new CliError({
    code,
    message: `${context.fill(sentence)} (${names})`,
    hint: context.fill(remedy),
    exitCode: EXIT.refused,
  });
}

/** `doctor --linking`: one file that says how the latest attempts to link went, for a person who asks for help with it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as links from '../../../shared/contract/commands/link-commands.ts';
import { chooseAgent } from '../choose-agent.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import type { Context } from '../context.ts';

const OWNER_ONLY = 0o600;

export async function writeLinkingFile(
  context: Context,
  { agent, version }: { readonly agent: string | undefined; readonly version: string },
): Promise<ExitCode> {
  const { settings, clock, words } = context;
  const { id } = await chooseAgent(context, agent);
  const { attempts } = await context.ask(links.linkingTrace, { agent: id });
  if (attempts.length === 0) throw context.fault('no-attempt', EXIT.refused);
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const file = path.join(settings.home, `recado-linking-${stamp}.json`);
  const machine = { recado: version, node: process.version, system: `${process.platform} ${process.arch}` };
  writeFileSync(file, `${JSON.stringify({ format: 'recado-linking', version: 1, ...machine, attempts }, null, 1)}\n`, {
    mode: OWNER_ONLY,
  });
  context.tell({ path: file, attempts: attempts.length });
  context.say(words.doctor.linkingFile, { path: file });
  context.say(words.doctor.linkingHolds);
  return EXIT.done;
}

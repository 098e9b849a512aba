/** One try with a passkey, followed for the browser that makes it: the question, the code to compare, and what came of it. */
import type { MadeProgressOf } from '../../shared/contract/commands/command.ts';
import type { Report } from '../../shared/contract/commands/link-commands.ts';
import type { passkey } from '../../shared/contract/commands/passkey-commands.ts';
import type { PasskeyOptions } from '../../shared/contract/passkey.ts';
import type { CommandContext } from './command.ts';
import type { AgentApi } from './relay-api.ts';

export function followPasskey(
  agent: AgentApi,
  { attempt, options }: { readonly attempt: string; readonly options: PasskeyOptions },
  { signal, emit }: CommandContext<MadeProgressOf<typeof passkey>>,
): Promise<Report> {
  return new Promise((resolve, reject) => {
    let shown: string | null = null;
    let over = false;
    emit({ event: 'question', attempt, options });
    const finish = (): void => {
      over = true;
      signal.removeEventListener('abort', onAbort);
      // The statuses may be calling their listeners now.
      queueMicrotask(() => end());
    };
    const onAbort = (): void => {
      if (over) return;
      finish();
      agent.passkey.abandon(attempt);
      reject(signal.reason);
    };
    const end = agent.link.watch((report) => {
      if (over) return;
      const { qr: _code, ...told } = report;
      emit({ event: 'status', ...told });
      const code = agent.passkey.code(attempt);
      if (code !== null && code.text !== shown) emit({ event: code.step, code: code.text });
      shown = code?.text ?? null;
      // Asked again: this try has come to nothing.
      if (report.status === 'connecting' && report.phase !== 'passkey-asked') return;
      finish();
      resolve(told);
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

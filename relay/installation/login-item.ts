/** Registers what starts the relay at login with the system, wakes it now, and takes it away again. */
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Places, System } from './places.ts';
import type { InstallationRecord, Starter } from './record.ts';
import { type Detached, LAUNCHCTL, type Run, SYSTEMCTL, schtasks, startDetached } from './system-commands.ts';

const SYSTEMD_UNIT = 'recado.service';
export const LAUNCHD_LABEL = 'app.recado.relay';
const TASK = 'Recado';

/** What this system starts programs with. A user manager that is not there now may be at the next login: its unit is written all the same. */
export function starterOf(system: System): Starter {
  if (system === 'darwin') return 'launchd';
  if (system === 'win32') return 'task';
  return existsSync(SYSTEMCTL) ? 'systemd' : 'keeper';
}

/** From the next login on. Returns what was written besides the item itself. */
export function register(starter: Starter, { loginItem }: Places, run: Run): readonly string[] {
  switch (starter) {
    case 'systemd': {
      run(SYSTEMCTL, ['--user', 'daemon-reload']);
      // What `enable` does, also where no user manager runs now.
      const wants = path.posix.join(path.posix.dirname(loginItem), 'default.target.wants');
      const link = path.posix.join(wants, SYSTEMD_UNIT);
      mkdirSync(wants, { recursive: true });
      rmSync(link, { force: true });
      symlinkSync(`../${SYSTEMD_UNIT}`, link);
      return [link];
    }
    case 'launchd':
      run(LAUNCHCTL, ['bootout', domain()]);
      run(LAUNCHCTL, ['bootstrap', domain().replace(`/${LAUNCHD_LABEL}`, ''), loginItem]);
      return [];
    case 'task':
      run(schtasks(process.env), ['/create', '/tn', TASK, '/xml', loginItem, '/f']);
      return [];
    case 'keeper':
      return [];
  }
}

/** Never starts a second one: the relay itself refuses to be that. Null where the system keeps it, and says nothing of its end. */
export function wake({ starter, node, keeper, environment }: InstallationRecord, run: Run): Detached | null {
  if (starter === 'systemd') {
    // Several crashes in a row are forgotten when a person asks.
    run(SYSTEMCTL, ['--user', 'reset-failed', SYSTEMD_UNIT]);
    if (run(SYSTEMCTL, ['--user', 'start', SYSTEMD_UNIT]).ok) return null;
  }
  if (starter === 'launchd' && run(LAUNCHCTL, ['kickstart', domain()]).ok) return null;
  if (starter === 'task' && run(schtasks(process.env), ['/run', '/tn', TASK]).ok) return null;
  return startDetached(node, [keeper], { ...process.env, ...environment });
}

/** Whatever keeps the relay running lets it rest now; it starts again at the next login, or when it is woken. */
export function rest(starter: Starter, run: Run): void {
  if (starter === 'systemd') run(SYSTEMCTL, ['--user', 'stop', SYSTEMD_UNIT]);
  if (starter === 'launchd') run(LAUNCHCTL, ['kill', 'SIGTERM', domain()]);
  if (starter === 'task') run(schtasks(process.env), ['/end', '/tn', TASK]);
}

export function unregister(starter: Starter, run: Run): void {
  if (starter === 'systemd') run(SYSTEMCTL, ['--user', 'disable', '--now', SYSTEMD_UNIT]);
  if (starter === 'launchd') run(LAUNCHCTL, ['bootout', domain()]);
  if (starter === 'task') run(schtasks(process.env), ['/delete', '/tn', TASK, '/f']);
}

function domain(): string {
  return `gui/${process.getuid?.() ?? 0}/${LAUNCHD_LABEL}`;
}

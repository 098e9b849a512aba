/**
 * What starts the relay when its user logs in, in each system's own words, and keeps it running. Pure.
 * systemd.service(5); launchd.plist(5); https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema.
 */
import { FINAL_CODES, MOST_STARTS, PAUSE_SECONDS, WINDOW_SECONDS } from './keeper-policy.ts';
import { entryQuoted, unitQuoted, xmlText } from './quoting.ts';

/** What runs: absolute paths. */
export type ProgramCommand = {
  readonly node: string;
  /** The relay's own file. */
  readonly main: string;
  /** Runs the relay, and again after a crash. */
  readonly keeper: string;
  /** Of the relay: settings that the installation was made with. */
  readonly environment: Readonly<Record<string, string>>;
};

export function systemdUnit({ node, main, environment }: ProgramCommand): string {
  const variables = Object.entries(environment).map(([name, value]) => `Environment=${unitQuoted(`${name}=${value}`)}`);
  return `[Unit]
Description=Recado
StartLimitIntervalSec=${WINDOW_SECONDS}
StartLimitBurst=${MOST_STARTS}

[Service]
ExecStart=${unitQuoted(node)} ${unitQuoted(main)} start
${variables.join('\n')}
Restart=on-failure
RestartSec=${PAUSE_SECONDS}
RestartPreventExitStatus=${FINAL_CODES.filter((code) => code !== 0).join(' ')}

[Install]
WantedBy=default.target
`;
}

/** A desktop without systemd: https://specifications.freedesktop.org/autostart-spec/latest/. */
export function autostartEntry({ node, keeper }: ProgramCommand): string {
  return `[Desktop Entry]
Type=Application
Name=Recado
Exec=${entryQuoted(node)} ${entryQuoted(keeper)}
NoDisplay=true
`;
}

/** The keeper knows after which ends nothing is started again; launchd does not. */
export function launchAgent({ node, keeper, environment }: ProgramCommand, label: string): string {
  const text = (value: string): string => `<string>${xmlText(value)}</string>`;
  const variables = Object.entries(environment).map(([name, value]) => `<key>${xmlText(name)}</key>${text(value)}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>${text(label)}
  <key>ProgramArguments</key>
  <array>${[node, keeper].map(text).join('')}</array>
  <key>EnvironmentVariables</key>
  <dict>${variables.join('')}</dict>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key>
  <dict><key>SuccessfulExit</key><false/></dict>
  <key>ProcessType</key><string>Background</string>
</dict>
</plist>
`;
}

/** Task Scheduler would wait a minute before it starts a task again: the keeper is what it runs. Saved as UTF-16. `user`: `DOMAIN\\name`. */
export function loginTask({ node, keeper }: ProgramCommand, user: string): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Recado</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${xmlText(user)}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xmlText(user)}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Hidden>true</Hidden>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(node)}</Command>
      <Arguments>${xmlText(`"${keeper}"`)}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

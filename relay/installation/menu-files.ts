/** What stands in the system's menu, and the command for a terminal. Pure. */
import { win32 } from 'node:path';
import type { ProgramCommand } from './login-files.ts';
import { batchQuoted, entryQuoted, shellQuoted } from './quoting.ts';

/** https://specifications.freedesktop.org/desktop-entry-spec/latest/. */
export function menuEntry({ node, main }: ProgramCommand): string {
  return `[Desktop Entry]
Type=Application
Name=Recado
Comment=Answers your own WhatsApp number with an AI agent
Comment[pt_BR]=Responde no seu WhatsApp com um agente de IA
Comment[es]=Responde en tu WhatsApp con un agente de IA
Exec=/usr/bin/env RECADO_INSTALLED=1 ${entryQuoted(node)} ${entryQuoted(main)} welcome
Terminal=false
Categories=Network;InstantMessaging;
`;
}

/** The page that says how the browser gets the extension. */
export function menuShortcut(program: string): string {
  const page = win32.join(program, 'recado-extension', 'chrome', 'docs', 'en', 'first-steps.html');
  return ['[InternetShortcut]', `URL=file:///${page.replaceAll('\\', '/')}`, ''].join('\r\n');
}

export function infoPlist(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>CFBundleName</key><string>Recado</string>
  <key>CFBundleIdentifier</key><string>app.recado.menu</string>
  <key>CFBundleExecutable</key><string>Recado</string>
  <key>CFBundlePackageType</key><string>APPL</string>
</dict>
</plist>
`;
}

export function menuScript(command: ProgramCommand): string {
  return `#!/bin/sh\n${environmentOf(command)}exec ${shellQuoted(command.node)} ${shellQuoted(command.main)} welcome\n`;
}

export function terminalScript(command: ProgramCommand): string {
  return `#!/bin/sh\n${environmentOf(command)}exec ${shellQuoted(command.node)} ${shellQuoted(command.main)} "$@"\n`;
}

export function terminalBatch({ node, main, environment }: ProgramCommand): string {
  const variables = Object.entries(environment).map(([name, value]) => `set "${name}=${value.replaceAll('%', '%%')}"`);
  return ['@echo off', 'setlocal', ...variables, `${batchQuoted(node)} ${batchQuoted(main)} %*`, ''].join('\r\n');
}

function environmentOf({ environment }: ProgramCommand): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${shellQuoted(value)}\n`)
    .join('');
}

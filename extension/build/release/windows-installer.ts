/** A Windows installer for one user, without an administrator: a script for NSIS, which Debian has as a package. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../command-run.ts';
import type { Packing } from './release-archives.ts';

/** Null where makensis is not here. */
export function packWindowsInstaller({ folder, version }: Packing): string | null {
  const installer = `${folder}-setup.exe`;
  const script = `${folder}.nsi`;
  writeFileSync(script, windowsInstallerScript({ folder, version, installer }));
  try {
    run('makensis', ['-V2', script], path.dirname(folder));
    return installer;
  } catch (error) {
    if (error instanceof Error && error.message.includes('ENOENT')) return null;
    throw error;
  }
}

/**
 * Unpacks beside the user's other programs' set-up files, has the program install itself, and shows how the extension gets into the browser.
 * A person removes it in Windows' settings: the program then removes itself, logs the numbers out and leaves the data.
 */
export function windowsInstallerScript(given: {
  readonly folder: string;
  readonly version: string;
  readonly installer: string;
}): string {
  const key = 'Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Recado';
  return `Unicode true
ManifestDPIAware true
Name "Recado"
OutFile "${given.installer}"
InstallDir "$LOCALAPPDATA\\Programs\\Recado Setup"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off
ShowInstDetails hide

Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  SetOutPath "$INSTDIR"
  File /r "${given.folder}/*"
  System::Call 'kernel32::SetEnvironmentVariable(t "RECADO_INSTALLED", t "1")'
  nsExec::ExecToLog '"$INSTDIR\\node.exe" "$INSTDIR\\recado-relay\\main.js" install'
  Pop $0
  StrCmp $0 "0" installed
  MessageBox MB_OK|MB_ICONEXCLAMATION "Recado could not be installed. $INSTDIR\\Install Recado.cmd says why."
  Abort
installed:
  WriteUninstaller "$INSTDIR\\uninstall.exe"
  WriteRegStr HKCU "${key}" "DisplayName" "Recado"
  WriteRegStr HKCU "${key}" "DisplayVersion" "${given.version}"
  WriteRegStr HKCU "${key}" "UninstallString" '"$INSTDIR\\uninstall.exe"'
  WriteRegDWORD HKCU "${key}" "NoModify" 1
  WriteRegDWORD HKCU "${key}" "NoRepair" 1
  nsExec::ExecToLog '"$INSTDIR\\node.exe" "$INSTDIR\\recado-relay\\main.js" welcome'
  Pop $0
SectionEnd

Section "Uninstall"
  System::Call 'kernel32::SetEnvironmentVariable(t "RECADO_INSTALLED", t "1")'
  nsExec::ExecToLog '"$INSTDIR\\node.exe" "$INSTDIR\\recado-relay\\main.js" uninstall --yes'
  Pop $0
  DeleteRegKey HKCU "${key}"
  RMDir /r "$INSTDIR"
SectionEnd
`;
}

/** Paths inside of files that other programs read, each in that program's own way. Pure. */

/** sh: within single quotes nothing means anything else. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A batch file: a path has no quotes, and a percent sign would begin a variable. */
export function batchQuoted(text: string): string {
  return `"${text.replaceAll('%', '%%')}"`;
}

/** A unit of systemd's: its own escapes, its specifiers and variables. */
export function unitQuoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
}

/** A desktop entry's `Exec`: quoted for it, then escaped as a value. */
export function entryQuoted(text: string): string {
  const quoted = text.replaceAll(/["`$\\]/g, (sign) => `\\${sign}`).replaceAll('%', '%%');
  return `"${quoted.replaceAll('\\', '\\\\')}"`;
}

export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

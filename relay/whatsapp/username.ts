/** What a person calls themselves on WhatsApp since 2026: a name without a number. */

/** WhatsApp's own rules: three to thirty-five letters, digits, dots and underscores. */
const USERNAME = /^[A-Za-z0-9_.]{3,35}$/;

/** Without the leading `@`; null where it is none. */
export function readUsername(text: string | null | undefined): string | null {
  const name = text?.startsWith('@') ? text.slice(1) : (text ?? '');
  return USERNAME.test(name) ? name : null;
}

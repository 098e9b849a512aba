/**
 * Mends the codes of stanzas that end a connection, before Baileys reads them. Baileys 7.0.0-rc14 makes errors of them that take no code
 * below 400: such a one would end the process, not the socket. And it judges a removed device by the code that comes with it: without it
 * `<conflict type="device_removed">` reads as "replaced by another program", and the link would rest for ever.
 * Remove when Baileys survives every code, and reads `device_removed` by itself.
 */
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';

const LEAST_CODE = 400;
const LOGGED_OUT = '401';
const UNKNOWN = '500';

export function mendCloseCodes(wire: WASocket['ws']): void {
  const mend = (attrs: BinaryNode['attrs'], name: string): void => {
    if (attrs[name] !== undefined && !(Number(attrs[name]) >= LEAST_CODE)) attrs[name] = UNKNOWN;
  };
  wire.prependListener('CB:failure', ({ attrs }: BinaryNode) => mend(attrs, 'reason'));
  wire.prependListener('CB:stream:error', (stanza: BinaryNode) => {
    if (isRemoval(stanza)) stanza.attrs.code = LOGGED_OUT;
    mend(stanza.attrs, 'code');
  });
}

function isRemoval({ content }: BinaryNode): boolean {
  return (
    Array.isArray(content) && content.some(({ tag, attrs }) => tag === 'conflict' && attrs.type === 'device_removed')
  );
}

/** The address of a simulated WhatsApp: for tests, on this machine only, and never without the key that proves it. */
import { isIPv4 } from 'node:net';
import type { Settings } from './catalogue.ts';
import type { Problem } from './problem.ts';

const KEY_PATTERN = /^[0-9a-f]{64}$/i;

export function simulatedAddress(
  url: string | null,
  rootKey: string | null,
  problems: Problem[],
): Settings['simulated'] {
  if (url === null && rootKey === null) return null;
  if (url === null || rootKey === null) {
    problems.push({
      setting: 'RECADO_WHATSAPP_URL',
      message: 'RECADO_WHATSAPP_URL and RECADO_WHATSAPP_ROOT_KEY go together.',
      hint: 'Set both for a simulated WhatsApp, or neither for the real one.',
    });
    return null;
  }
  const valid = [isLoopbackAddress(url), KEY_PATTERN.test(rootKey)];
  if (!valid[0]) {
    problems.push({
      setting: 'RECADO_WHATSAPP_URL',
      message: 'RECADO_WHATSAPP_URL must be a ws:// address on this machine (127.0.0.1, [::1] or localhost).',
      hint: 'It is for tests alone: the real WhatsApp needs no address.',
    });
  }
  if (!valid[1]) {
    problems.push({
      setting: 'RECADO_WHATSAPP_ROOT_KEY',
      message: 'RECADO_WHATSAPP_ROOT_KEY must be 64 hexadecimal digits.',
      hint: 'The simulator prints it when it starts.',
    });
  }
  return valid.every(Boolean) ? { url, rootKey: Buffer.from(rootKey, 'hex') } : null;
}

function isLoopbackAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== 'ws:' || username !== '' || password !== '') return false;
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

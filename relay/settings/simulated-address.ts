/** The address of a simulated WhatsApp: for tests, on this machine only, and never without the key that proves it. */
import { isIPv4 } from 'node:net';
import type { Settings } from './catalogue.ts';
import type { SettingsProblem } from './problem.ts';

const URL_NAME = 'RECADO_WHATSAPP_URL';
const KEY_NAME = 'RECADO_WHATSAPP_ROOT_KEY';
const KEY_PATTERN = /^[0-9a-f]{64}$/i;

export function simulatedAddress(
  url: string | null,
  rootKey: string | null,
  problems: SettingsProblem[],
): Settings['simulated'] {
  if (url === null && rootKey === null) return null;
  const values = { url: URL_NAME, key: KEY_NAME };
  if (url === null || rootKey === null) {
    problems.push({ setting: URL_NAME, code: 'simulated-half', values });
    return null;
  }
  const valid = [isLoopbackAddress(url), KEY_PATTERN.test(rootKey)];
  if (!valid[0]) problems.push({ setting: URL_NAME, code: 'simulated-address', values });
  if (!valid[1]) problems.push({ setting: KEY_NAME, code: 'simulated-key', values });
  return valid.every(Boolean) ? { url, rootKey: Buffer.from(rootKey, 'hex') } : null;
}

function isLoopbackAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== 'ws:' || username !== '' || password !== '') return false;
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

/** The extension as it is built talks to one address, this computer's own, and to nobody else. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshBuild } from '../../extension/build/fresh-build.ts';

const BUILT = path.join(import.meta.dirname, '..', '..', 'recado-extension');
/** Named, and never asked: name spaces of drawings, examples in hints. */
const NAMES =
  /^https?:\/\/(?:www\.w3\.org|react\.dev|json-schema\.org|github\.com|fb\.me|(?:example|exemplo|ejemplo)\.com|api\.openai\.com|web\.whatsapp\.com)\b/;

beforeAll(() => {
  expect(freshBuild('extension').type).not.toBe('failed');
}, 120_000);

describe.each(['chrome', 'firefox'])('built for %s', (browser) => {
  const folder = path.join(BUILT, browser);

  test('its policy lets it reach the relay’s address, and nothing else', () => {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
    const policy = manifest.content_security_policy;
    const rules = String(typeof policy === 'string' ? policy : policy.extension_pages).split('; ');
    expect(rules).toContain("default-src 'none'");
    expect(rules.filter((rule) => rule.startsWith('connect-src'))).toEqual(['connect-src ws://127.0.0.1:*']);
    expect(manifest.host_permissions ?? []).toEqual([]);
    // At a click of its owner's: the program on this computer, and WhatsApp's own page; no request goes there from the extension, its policy stands.
    const wanted = [...manifest.optional_permissions, ...(manifest.optional_host_permissions ?? [])];
    expect(wanted).toEqual(['nativeMessaging', 'https://web.whatsapp.com/*']);
    expect(JSON.stringify(manifest.permissions)).not.toContain('://');
  });

  test('its scripts name no address beyond this computer, and ask nobody but by WebSocket', () => {
    const scripts = globSync('**/*.js', { cwd: folder }).map((file) => readFileSync(path.join(folder, file), 'utf8'));
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) {
      const addresses = [...script.matchAll(/\b(?:https?|wss?):\/\/[\w.$-]{3,}/g)].map(([address]) => address);
      expect(addresses.filter((address) => !NAMES.test(address) && !address.startsWith('ws://127.0.0.1'))).toEqual([]);
      expect(script).not.toMatch(/\bfetch\(|XMLHttpRequest|sendBeacon|EventSource|importScripts/);
    }
  });
});

/**
 * A Chromium in which `web.whatsapp.com` is a server of this machine, and an authenticator that Chromium itself plays (WebAuthn in DevTools).
 * The extension is the built one with one change: its permission for that page is given already, since no tool presses the browser's prompt.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CDPSession, Page } from 'puppeteer-core';
import { expect, onTestFinished } from 'vitest';
import type { Passkey } from '../simulator/people/passkey.ts';
import type { Chromium, ChromiumOptions } from './chromium.ts';
import { SELF_SIGNED } from './self-signed.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const BUILT = path.join(import.meta.dirname, '..', '..', 'recado-extension', 'chrome');
const HOST = 'web.whatsapp.com';

export type WebPage = {
  readonly options: ChromiumOptions /** Paths that were asked for. */;
  readonly asked: readonly string[];
};

/** As strict as WhatsApp's own page: no script, no style, no request beyond it. */
export async function webWhatsApp(): Promise<WebPage> {
  const asked: string[] = [];
  const server = createServer({ cert: SELF_SIGNED.cert, key: SELF_SIGNED.key }, (request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-security-policy', "default-src 'none'; require-trusted-types-for 'script'");
    response.setHeader('content-type', 'text/plain');
    response.end('User-agent: *\nDisallow: /\n');
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    options: {
      extension: permitted(),
      flags: [`--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${port}`, '--ignore-certificate-errors'],
    },
  };
}

function permitted(): string {
  const folder = path.join(temporaryDirectory(), 'extension');
  cpSync(BUILT, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const { optional_host_permissions: wanted, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, host_permissions: wanted }));
  return folder;
}

const POLL_MS = 50;
const ANSWER_MS = 2000;

/** Does something with the next tab on WhatsApp's page, as soon as its button has the focus. */
export async function inNextTab(
  { browser }: Chromium,
  act: (page: Page, session: CDPSession) => Promise<void>,
): Promise<void> {
  const known = new Set(browser.targets());
  const target = await browser.waitForTarget((each) => !known.has(each) && each.url().includes(HOST), {
    timeout: 60_000,
  });
  const page = await target.page();
  if (!page) throw new Error('the tab is no page');
  const session = await page.createCDPSession();
  await focused(session);
  await act(page, session);
}

/**
 * Each look is a question of its own: one that is waiting inside of the page is lost with the page, which changes its process when the tab
 * leaves its first, empty document.
 */
async function focused(session: CDPSession): Promise<void> {
  const expression = '[document.activeElement?.tagName, location.href, document.readyState].join(" ")';
  await expect
    .poll(
      async () => {
        const answer = session.send('Runtime.evaluate', { expression }).then(
          ({ result }) => String(result.value),
          (error: unknown) => String(error),
        );
        return Promise.race([answer, setTimeout(ANSWER_MS, 'no answer')]);
      },
      { timeout: 60_000, interval: POLL_MS },
    )
    .toMatch(/^DIV /);
}

/** An authenticator that holds `passkey`, or none. */
export async function withAuthenticator(session: CDPSession, passkey: Passkey | null): Promise<void> {
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  if (!passkey) return;
  await session.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: {
      credentialId: passkey.credentialId.toString('base64'),
      isResidentCredential: true,
      rpId: 'whatsapp.com',
      privateKey: passkey.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      userHandle: passkey.userHandle.toString('base64'),
      signCount: passkey.signCount,
    },
  });
}

/** Sends what is asked of WhatsApp's media host to the simulator's, for one test: Baileys knows that host by its name alone. */
import { onTestFinished } from 'vitest';
import type { WhatsApp } from '../simulator/whatsapp.ts';

const HOST = 'mmg.whatsapp.net';

export function routeMedia({ media }: WhatsApp): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (target, options) => {
    const url = new URL(String(target));
    const isMedia = url.host === HOST || url.host === media.host;
    return original(isMedia ? `http://${media.host}${url.pathname}` : target, options);
  };
  onTestFinished(() => {
    globalThis.fetch = original;
  });
}

/** The agent of the demo: a small program behind a webhook, as an owner would write one. A real HTTP server on loopback. */
import { type FakeWebhook, startFakeWebhook } from '../support/fake-webhook.ts';
import type { DemoWords } from './words/demo-words.ts';

const VOICE = '[voice';

/** `words` is asked with every message: the language may change. */
export async function startBakery(words: () => DemoWords['bakery']): Promise<FakeWebhook> {
  const server = await startFakeWebhook();
  server.reply(({ chatInput }) => {
    const { rules, voice, otherwise } = words();
    if (chatInput.includes(VOICE)) return voice;
    const said = plain(chatInput);
    return rules.find((rule) => rule.words.some((word) => said.includes(word)))?.answer ?? otherwise;
  });
  return server;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

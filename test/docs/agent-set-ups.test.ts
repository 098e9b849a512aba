/** Each set-up that the documents show is carried out as it stands there, on a server that behaves as theirs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startFakeAnthropic } from '../support/fake-anthropic.ts';
import { startFakeDify } from '../support/fake-dify.ts';
import { startFakeFlowise } from '../support/fake-flowise.ts';
import { startFakeGemini } from '../support/fake-gemini.ts';
import type { FakeHttp } from '../support/fake-http.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { startFakeSipPulse } from '../support/fake-sippulse.ts';
import { startFakeWebhook } from '../support/fake-webhook.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayProcess } from '../support/relay-process.ts';

const KEY = 'sk-planted-0123456789';
const LINE = /^npm run -s recado -- (agents add [^…\n]*)$/gm;
const WORD = /"([^"]*)"|(\S+)/g;

function setUpsIn(page: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(LINE)].map(([, line = '']) =>
    // `instructions="two words"` is one word to a shell.
    [
      ...line
        .replace(/=("[^"]*")/g, (_all, quoted: string) => `=${quoted.slice(1, -1).replaceAll(' ', '\u0000')}`)
        .matchAll(WORD),
    ].map(([, quoted, bare]) => (quoted ?? bare ?? '').replaceAll('\u0000', ' ')),
  );
}

/** A server of the back end, the setting that names its address, and whether it wants the key. */
async function serverFor(words: readonly string[]): Promise<{ server: FakeHttp; address: string; hasKey: boolean }> {
  if (words.includes('sippulse')) {
    const server = await startFakeSipPulse({ key: KEY });
    return { server, address: `baseUrl=${server.url}`, hasKey: true };
  }
  if (words.includes('anthropic')) {
    const server = await startFakeAnthropic({ key: KEY });
    return { server, address: `baseUrl=${server.baseUrl}`, hasKey: true };
  }
  if (words.includes('gemini')) {
    const server = await startFakeGemini({ key: KEY });
    return { server, address: `baseUrl=${server.baseUrl}`, hasKey: true };
  }
  if (words.includes('dify')) {
    const server = await startFakeDify({ key: KEY });
    return { server, address: `baseUrl=${server.baseUrl}`, hasKey: true };
  }
  if (words.includes('flowise')) {
    const server = await startFakeFlowise();
    return { server, address: `url=${server.flowUrl}`, hasKey: false };
  }
  if (words.includes('webhook')) {
    const server = await startFakeWebhook();
    return { server, address: `url=${server.url}/webhook/0000/chat`, hasKey: false };
  }
  const hasKey = words.some((word) => word.startsWith('baseUrl=https:'));
  const server = await startFakeOpenAi(hasKey ? { key: KEY } : {});
  return { server, address: `baseUrl=${server.baseUrl}`, hasKey };
}

test.each(['agents.md', 'agents.pt-BR.md'])(
  'the set-ups of docs/%s work as they stand',
  async (page) => {
    const setUps = setUpsIn(page);
    expect(setUps.map((words) => words[2])).toHaveLength(9);
    const relay = await startRelayProcess(await loopbackWhatsApp(), { environment: { AGENT_KEY: KEY } });
    for (const words of setUps) {
      const { server, address, hasKey } = await serverFor(words);
      const [name] = address.split('=');
      const here = words.map((word) => (word.startsWith(`${name}=`) ? address : word));
      // Some addresses are a default, and a script gives the key that a person types.
      const given = here.includes(address) ? here : [...here, '--set', address];
      const added = await relay.recado(...given, ...(hasKey ? ['--key-env', 'AGENT_KEY'] : []), '--json');
      expect(added, added.err).toMatchObject({ code: 0 });
      const talked = await relay.recado('agents', 'test', words[2] ?? '', '--say', 'oi', '--json');
      expect(JSON.parse(talked.out)).toMatchObject({ texts: [expect.stringContaining('Hello from')], reason: null });
      await server.stop();
    }
  },
  60_000,
);

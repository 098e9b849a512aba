/** A chat that is too long for its model is asked about with less of what came before. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import type { AgentResult } from '../../relay/turn.ts';
import { type FakeReply, json } from '../support/fake-http.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { deps, line, patient, turn } from './asking.ts';

let server: FakeOpenAi;

beforeEach(async () => {
  server = await startFakeOpenAi();
});
afterEach(() => server.stop());

function answer(lines: number): Promise<AgentResult> {
  const context = Array.from({ length: lines }, (_, at) => line(at % 2 === 0 ? 'contact' : 'agent', `line ${at}.`));
  const settings = { baseUrl: server.baseUrl, model: 'small' };
  return createAgent({ adapter: 'openai-compatible', settings }, null, deps({ agentRetries: 8 })).answer(
    turn('E agora?', context),
    patient,
  );
}

/** With a wait, as such a refusal has it: it is not the same that is asked again. */
const tooMuch = (error: object, status: number): FakeReply => ({
  ...json({ error }, status),
  headers: { 'content-type': 'application/json', 'retry-after': '1' },
});

const REFUSALS: readonly [string, number, object][] = [
  ['OpenAI', 400, { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' }],
  [
    'llama.cpp',
    400,
    { code: 400, message: 'the request exceeds the available context size', type: 'exceed_context_size_error' },
  ],
  ['Ollama', 500, { message: 'input length exceeds the context length' }],
  [
    'Groq',
    413,
    {
      message: 'Request too large for model `m` on tokens per minute (TPM): Limit 6000',
      type: 'tokens',
      code: 'rate_limit_exceeded',
    },
  ],
  [
    'OpenAI, of a minute',
    429,
    {
      message: 'Request too large for gpt on tokens per min (TPM): Limit 30000',
      type: 'tokens',
      code: 'rate_limit_exceeded',
    },
  ],
  [
    'Anthropic’s shape',
    400,
    { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
  ],
  ['vLLM', 400, { message: 'This model supports at most 4096 input tokens: too many tokens in the prompt', code: 400 }],
];

test.each(REFUSALS)('%s refuses it, and is asked with half until it fits', async (_server, status, error) => {
  server.reply(({ messages }) => (messages.length > 6 ? tooMuch(error, status) : 'R$ 30'));
  expect(await answer(20)).toMatchObject({ type: 'answer', texts: ['R$ 30'] });
  const lengths = server.chats.map(({ messages }) => messages.length);
  expect(lengths).toEqual([22, 12, 8, 4]);
  // The newest lines are those that are kept, and what is asked is always there.
  expect(server.chats.at(-1)?.messages.at(-2)?.content).toContain('line 19.');
  expect(server.chats.every(({ messages }) => messages.at(-1)?.content === 'E agora?')).toBe(true);
});

test('what is too long alone is told to the owner, once', async () => {
  server.reply(() => json({ error: { code: 'context_length_exceeded', message: 'x' } }, 400));
  expect(await answer(3)).toMatchObject({ type: 'fault', fault: 'context-too-long' });
  expect(server.chats).toHaveLength(3);
});

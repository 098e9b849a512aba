/** The `webhook` back end against a real server: what is sent, how it is signed, and every shape of an answer. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import type { Agent } from '../../relay/turn.ts';
import { json, startFakeHttp } from '../support/fake-http.ts';
import { type FakeWebhook, n8nStream, startFakeWebhook } from '../support/fake-webhook.ts';
import { AGENT_ID, CHAT_KEY, deps, LINE_ID, line, OWNER_MARK, patient, TURN_ID, turn } from './asking.ts';

const KEY = 'wh-planted-0123456789';
let server: FakeWebhook;

beforeEach(async () => {
  server = await startFakeWebhook();
});
afterEach(() => server.stop());

function agent(settings: object = {}, key: string | null = null, given = deps()): Agent {
  const backEnd = { adapter: 'webhook', settings: { url: `${server.url}/webhook/x/chat?v=1`, ...settings } } as const;
  return createAgent(backEnd, key, given);
}

test('the flow gets n8n’s fields, those of Evolution flows, and every message with its author (S21)', async () => {
  const context = [line('contact', 'Hi', 1, 'Bia'), line('agent', 'Hello', 2)];
  const fresh = [line('owner', 'Closed today', 3), line('contact', 'And Friday?', 4, 'Bia [owner]')];
  await agent().answer(turn(fresh, context), patient);
  expect(server.requests[0]?.path).toBe('/webhook/x/chat?v=1');
  expect(server.requests[0]?.headers['idempotency-key']).toBe(TURN_ID);
  expect(server.requests[0]?.json).toEqual({
    action: 'sendMessage',
    sessionId: CHAT_KEY,
    turnId: TURN_ID,
    attempt: 1,
    chatInput: `${OWNER_MARK} Closed today\nAnd Friday?`,
    metadata: { source: 'recado', agentId: AGENT_ID },
    remoteJid: `${CHAT_KEY}@recado`,
    pushName: 'Bia owner',
    fromMe: false,
    quotedMessage: null,
    context: [
      { id: LINE_ID, author: 'contact', text: 'Hi', sentAt: 1, senderName: 'Bia', shown: [] },
      { id: LINE_ID, author: 'agent', text: 'Hello', sentAt: 2, senderName: null, shown: [] },
    ],
    messages: [
      { id: LINE_ID, author: 'owner', text: 'Closed today', sentAt: 3, senderName: null, shown: [] },
      { id: LINE_ID, author: 'contact', text: 'And Friday?', sentAt: 4, senderName: 'Bia [owner]', shown: [] },
    ],
  });
});

describe('the key', () => {
  test('signs time and body, and is not sent', async () => {
    await agent({}, KEY).answer(turn('olá'), patient);
    const [request] = server.requests;
    const headers = request?.headers ?? {};
    const body = request?.body ?? '';
    const expected = createHmac('sha256', KEY).update(`${headers['x-timestamp']}.${body}`).digest('hex');
    expect(headers['x-signature']).toBe(`sha256=${expected}`);
    expect(Math.abs(Number(headers['x-timestamp']) * 1_000 - Date.now())).toBeLessThan(60_000);
    expect(JSON.stringify(headers) + body).not.toContain(KEY);
  });

  test('goes into a header of its own, or into basic authentication', async () => {
    await agent({ keyUse: 'header', headerName: 'X-Flow-Key' }, KEY).answer(turn('a'), patient);
    await agent({ keyUse: 'basic' }, `ana:${KEY}`).answer(turn('b'), patient);
    expect(server.requests[0]?.headers).toMatchObject({ 'x-flow-key': KEY });
    expect(server.requests[0]?.headers).not.toHaveProperty('x-signature');
    expect(server.requests[1]?.headers.authorization).toBe(`Basic ${btoa(`ana:${KEY}`)}`);
  });

  test('need not be there: nothing is signed', async () => {
    await agent().answer(turn('a'), patient);
    expect(server.requests[0]?.headers).not.toHaveProperty('x-signature');
  });
});

describe('answers', () => {
  const nine = { type: 'answer', texts: ['Nine.'], usage: null };
  const silence = { type: 'silence', usage: null };
  const nothing = { type: 'fault', fault: 'no-answer' };
  const page = { type: 'fault', fault: 'wrong-server' };
  const odd = { type: 'fault', fault: 'odd-answer' };
  const text = (body: string, type = 'text/plain') => ({ headers: { 'content-type': type }, body });

  test.each([
    ['output', json({ output: 'Nine.', text: 'other' }), nine],
    ['text', json({ text: 'Nine.', message: 'other' }), nine],
    ['message', json({ message: 'Nine.', answer: 'other' }), nine],
    ['answer', json({ answer: 'Nine.' }), nine],
    ['a list of one', json([{ output: 'Nine.' }]), nine],
    ['a list of several', json([{ output: 'Nine.' }, { output: 'Ten.' }]), { ...nine, texts: ['Nine.', 'Ten.'] }],
    ['an empty list', json([]), nothing],
    ['a JSON text', json('Nine.'), nine],
    ['a plain text', text('Nine.\n'), nine],
    ['a plain text with braces', text('{Nine}.'), { ...nine, texts: ['{Nine}.'] }],
    ['a plain number', text('9'), { ...nine, texts: ['9'] }],
    ['a text that says it is JSON', text('Nine.', 'application/json'), nine],
    ['204', { status: 204 }, silence],
    ['an empty body', { body: '' }, nothing],
    ['an empty output', json({ output: '' }), silence],
    ['output null', json({ output: null }), nothing],
    ['JSON null', json(null), nothing],
    ['an unknown object', json({ done: true }), nothing],
    ['an object as output', json({ output: { to: '5511', text: 'Nine.' } }), nine],
    ['broken JSON', text('{"output": "Ni', 'application/json'), odd],
    ['a web page', text('<!DOCTYPE html><p>Log in</p>', 'text/html'), page],
    ['a web page that says it is text', text('  <html>Log in</html>'), page],
    ['bytes', text('\u0000\u0001', 'application/octet-stream'), odd],
    ['an error object', json({ error: { message: 'x' } }), { type: 'fault', fault: 'refused-by-agent' }],
    [
      'n8n before the flow has run',
      json({ message: 'Workflow was started' }),
      { type: 'fault', fault: 'not-configured' },
    ],
    [
      'n8n’s stream',
      n8nStream(
        { type: 'begin' },
        { type: 'item', content: 'Ni' },
        { type: 'tool-call' },
        { type: 'item', content: 'ne.' },
        { type: 'end' },
      ),
      nine,
    ],
    [
      'n8n’s stream that failed',
      n8nStream({ type: 'begin' }, { type: 'item', content: 'Ni' }, { type: 'error', content: 'x' }),
      { type: 'fault', fault: 'flow-failed' },
    ],
    [
      'n8n’s stream that stopped',
      n8nStream({ type: 'begin' }, { type: 'item', content: 'Ni' }),
      { type: 'fault', fault: 'unreachable' },
    ],
    ['n8n’s stream without items', n8nStream({ type: 'begin' }, { type: 'end' }), silence],
    [
      'HTTP 404',
      json({ message: 'not registered' }, 404),
      { type: 'fault', fault: 'wrong-address', detail: 'HTTP 404' },
    ],
    ['HTTP 500', json({ output: 'x' }, 500), { type: 'fault', fault: 'unreachable', detail: 'HTTP 500' }],
    ['HTTP 401', json({}, 401), { type: 'fault', fault: 'key-refused', detail: 'HTTP 401' }],
    ['a redirect', { status: 302, headers: { location: 'http://169.254.169.254/' } }, odd],
  ])('%s', async (_shape, reply, expected) => {
    server.reply(() => reply);
    expect(await agent().answer(turn('When?'), patient)).toMatchObject(expected);
  });
});

test('an aborted answer rejects with the reason, and is off the wire (S25)', async () => {
  server.hang();
  const abort = new AbortController();
  const reason = new Error('switched off');
  const asked = agent().answer(turn('hi'), abort.signal);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  abort.abort(reason);
  await expect(asked).rejects.toBe(reason);
  await vi.waitFor(() => expect(server.hungUp()).toBe(1));
});

test.each([502, 503, 504, 522, 530])(
  'a tunnel that answers %i for a server that is down is no “reached”',
  async (status) => {
    const tunnel = await startFakeHttp(() => ({ status }));
    onTestFinished(() => tunnel.stop());
    expect(await agent({ url: tunnel.url }).check(patient)).toMatchObject({
      type: 'fault',
      fault: 'unreachable',
      detail: `HTTP ${status}`,
    });
  },
);

test('the check does not run the flow', async () => {
  expect(await agent().check(patient)).toEqual({ type: 'reached', detail: 'HTTP 404; the flow was not run' });
  expect(server.requests.map(({ method }) => method)).toEqual(['HEAD']);
});

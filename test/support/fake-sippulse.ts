/**
 * The SipPulse AI platform as far as its threads go: open one, run it. Refuses wrong keys, unknown agents and unknown threads.
 * A test scripts what the agent says and reads what it was told.
 */
import { type FakeHttp, json, type Outcome, startFakeHttp } from './fake-http.ts';

type FakeThread = {
  readonly id: string;
  readonly uid: string;
  readonly instructions: string;
  /** The contents of its runs, in order. */
  readonly contents: readonly string[];
};

/** A text is said as `choices[0].message.content` with a usage of 5 + 7 tokens; anything else goes out as it is. */
type RunScript = (content: string, thread: FakeThread) => string | Outcome | Promise<string | Outcome>;

export type FakeSipPulse = FakeHttp & {
  readonly threads: readonly FakeThread[];
  reply(script: RunScript): void;
  /** From now on runs are taken and never answered; `reply` ends it for those that follow. */
  hang(): void;
  /** Runs of this thread are refused with this status from now on. */
  close(threadId: string, status: 404 | 409 | 410 | 422): void;
};

export async function startFakeSipPulse(
  options: { readonly key?: string; readonly agentId?: string; readonly opensAt?: '/threads' | '/v1/threads' } = {},
): Promise<FakeSipPulse> {
  const key = options.key ?? 'sippulse-key';
  const agentId = options.agentId ?? 'agt_1';
  const opensAt = options.opensAt ?? '/v1/threads';
  const threads: (FakeThread & { contents: string[] })[] = [];
  const closed = new Map<string, number>();
  let script: RunScript = () => 'Hello from the platform.';

  const server = await startFakeHttp(async (request) => {
    if (request.headers['api-key'] !== key) return json({ error: { message: 'unauthorized', statusCode: 401 } }, 401);
    if (request.method === 'GET' && request.path === '/v1/openai/models') return json({ data: [] });
    if (request.method !== 'POST') return json({ error: { message: 'not found' } }, 404);
    if (request.path === opensAt) {
      const body = request.json as { agent_id?: string; uid?: string; additional_instructions?: string };
      if (body.agent_id !== agentId) return json({ error: { message: 'no such agent' } }, 400);
      const id = `thr_${threads.length + 1}`;
      threads.push({ id, uid: body.uid ?? '', instructions: body.additional_instructions ?? '', contents: [] });
      return json({ id }, 201);
    }
    const threadId = /^\/v1\/threads\/([^/]+)\/run$/.exec(request.path)?.[1];
    const thread = threads.find(({ id }) => id === threadId);
    if (!thread) return json({ error: { message: 'not found' } }, 404);
    const refusal = closed.get(thread.id);
    if (refusal) return json({ error: { message: 'thread closed', statusCode: refusal } }, refusal);
    const { content } = request.json as { content: string };
    thread.contents.push(content);
    const said = await script(content, thread);
    if (typeof said !== 'string' || said === 'hang' || said === 'reset') return said;
    return json({
      choices: [{ message: { role: 'assistant', content: said } }],
      usage: { prompt_tokens: 5, completion_tokens: 7 },
    });
  });
  return {
    ...server,
    threads,
    reply: (next) => {
      script = next;
    },
    hang: () => {
      script = () => 'hang';
    },
    close: (threadId, status) => void closed.set(threadId, status),
  };
}

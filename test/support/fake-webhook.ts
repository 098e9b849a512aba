/**
 * A webhook of an owner's own, n8n's manner by default: answers a POST with `{ output }`.
 * A test scripts the answer, reads what was sent, and may ask for n8n's stream.
 */
import { type FakeHttp, json, type Outcome, startFakeHttp } from './fake-http.ts';

type WebhookRequest = {
  readonly action: string;
  readonly sessionId: string;
  readonly chatInput: string;
  readonly messages: readonly { readonly author: 'contact' | 'owner' | 'agent'; readonly text: string }[];
  readonly context: readonly { readonly author: 'contact' | 'owner' | 'agent'; readonly text: string }[];
};

/** A text is answered as `{ output: text }`; anything else goes out as it is. */
type WebhookScript = (request: WebhookRequest) => string | Outcome | Promise<string | Outcome>;

export type FakeWebhook = FakeHttp & {
  reply(script: WebhookScript): void;
  /** From now on posts are taken and never answered; `reply` ends it for those that follow. */
  hang(): void;
};

export async function startFakeWebhook(): Promise<FakeWebhook> {
  let script: WebhookScript = () => 'Hello from the flow.';
  const server = await startFakeHttp(async (request) => {
    if (request.method === 'HEAD') return { status: 404 };
    if (request.method !== 'POST') return json({ message: 'not registered' }, 404);
    const said = await script(request.json as WebhookRequest);
    return typeof said === 'string' && said !== 'hang' && said !== 'reset' ? json({ output: said }) : said;
  });
  return {
    ...server,
    reply: (next) => {
      script = next;
    },
    hang: () => {
      script = () => 'hang';
    },
  };
}

/** n8n's streaming answer: an object a line. */
export function n8nStream(...lines: readonly object[]): Outcome {
  return {
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  };
}

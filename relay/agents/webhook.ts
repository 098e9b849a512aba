/**
 * `webhook`: an HTTP address of the owner's own: an n8n Chat Trigger, a flow made for Evolution API, or any program.
 * One POST a turn; what comes back is the answer (read in webhook-reply.ts).
 *
 * Settings: `url`, `keyUse`, `headerName`, `onlyReceives`, `runAgain`, `allowPrivateHttp`; `key` is optional. With `keyUse` `signature` the body is signed:
 * `X-Signature: sha256=<hex>`, HMAC-SHA256 over `<X-Timestamp>.<body>`, X-Timestamp in Unix seconds. With `header` the key is
 * the value of `headerName`; with `basic` it is `user:password`. The key itself never stands in the body.
 */
import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import type { Line, Turn } from '../turn.ts';
import { answerInTime, defineAdapter } from './adapter.ts';
import { fault } from './fault.ts';
import { withinTime } from './http-client.ts';
import { allowPrivateHttp, textOr, urlText, wrong, yesOrNo } from './setting-schemas.ts';
import { ownerFirst, tameName } from './speakers.ts';
import { readWebhookReply } from './webhook-reply.ts';

/** What says how a request is read, and where it goes: a key in one of these would break it or split it. */
const OUR_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const entries = {
  url: urlText('the address that takes the messages, such as https://n8n.example.com/webhook/…/chat'),
  keyUse: v.optional(
    v.pipe(
      v.picklist(['signature', 'header', 'basic'], wrong('key-use')),
      v.description('what the key is for: signing the body, a header of its own, or basic authentication'),
    ),
    'signature',
  ),
  headerName: v.pipe(
    textOr('Authorization', 'the header that carries the key when keyUse is header'),
    v.regex(/^[\w-]+$/, wrong('header-name')),
    v.check((name) => !OUR_HEADERS.has(name.toLowerCase()), wrong('header-taken')),
  ),
  onlyReceives: yesOrNo('the flow only takes messages in: that it answers nothing is then silence, and no fault'),
  runAgain: yesOrNo('a run that took too long may be begun again by itself, though the first one may go on'),
  allowPrivateHttp,
};

type WebhookSettings = v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>;

export const webhook = defineAdapter({
  name: 'webhook',
  meaning: 'an address of your own: n8n, or any program that answers a POST',
  countsTokens: false,
  readsFiles: false,
  entries,
  key: {
    required: false,
    meaning: 'signs what is sent, or opens the address: see keyUse',
    isHeader: ({ keyUse }) => keyUse === 'header',
  },
  create: (settings, secret, deps) => ({
    repeatable: settings.runAgain,
    answer: async (turn, signal) => {
      const body = JSON.stringify(bodyOf(turn));
      return answerInTime(deps, settings.allowPrivateHttp, signal, async (call) => {
        const reply = await call.send({
          method: 'POST',
          url: settings.url,
          headers: {
            'content-type': 'application/json',
            'idempotency-key': turn.id,
            ...authOf(settings, secret, body, deps.clock.now()),
          },
          body,
        });
        return reply.type === 'fault' ? reply : readWebhookReply(reply, settings, askedIn(turn));
      });
    },
    check: (signal) =>
      withinTime(deps, settings.allowPrivateHttp, signal, async (call) => {
        // A POST would run the owner's flow; a HEAD runs nothing, and any answer shows that someone is there.
        const reply = await call.send({
          method: 'HEAD',
          url: settings.url,
          headers: authOf(settings, secret, '', deps.clock.now()),
          body: null,
        });
        if (reply.type === 'fault') return reply;
        if (reply.status === 401 || reply.status === 403) return fault('key-refused', `HTTP ${reply.status}`);
        // A tunnel or proxy answers so if the server behind it is down.
        if (reply.status > 501) return fault('unreachable', `HTTP ${reply.status}`);
        return { type: 'reached', detail: `HTTP ${reply.status}; the flow was not run` };
      }),
  }),
});

function authOf(settings: WebhookSettings, secret: string | null, body: string, now: number): Record<string, string> {
  if (!secret) return {};
  if (settings.keyUse === 'header') return { [settings.headerName]: secret };
  if (settings.keyUse === 'basic') return { authorization: `Basic ${Buffer.from(secret).toString('base64')}` };
  const timestamp = String(Math.floor(now / 1_000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-timestamp': timestamp, 'x-signature': `sha256=${signature}` };
}

/**
 * n8n's fields, those that flows made for Evolution API read, and our own list of messages. `sessionId` and `remoteJid`
 * are made of the chat's keyed hash: no number leaves the relay, and no address to send to.
 */
function bodyOf(turn: Turn): object {
  const name = turn.fresh.findLast((line) => line.author === 'contact')?.senderName ?? null;
  return {
    action: 'sendMessage',
    sessionId: turn.chatKey,
    turnId: turn.id,
    attempt: turn.attempt,
    chatInput: askedAsOneText(turn),
    metadata: { source: 'recado', agentId: turn.agentId },
    remoteJid: `${turn.chatKey}@recado`,
    pushName: name === null ? null : tameName(name),
    fromMe: false,
    quotedMessage: quotedIn(turn),
    context: turn.context.map(messageOf),
    messages: turn.fresh.map(messageOf),
  };
}

/** The question, in every form in which it is sent. */
function askedIn(turn: Turn): readonly string[] {
  return [askedAsOneText(turn), ...turn.fresh.filter(({ author }) => author === 'contact').map(({ text }) => text)];
}

/** A workflow with a memory of its own is told what the owner said since. */
function askedAsOneText(turn: Turn): string {
  return ownerFirst([...turn.missed.filter(({ author }) => author === 'owner'), ...turn.fresh], turn.chatKey);
}

/** `sentAt` in epoch milliseconds. */
function messageOf(line: Line): object {
  return {
    id: line.id,
    author: line.author,
    text: line.text,
    sentAt: line.sentAt,
    senderName: line.senderName,
    shown: line.shown,
  };
}

/** What the last message replies to, in the form that flows made for Evolution API read; null where it replies to nothing. */
function quotedIn(turn: Turn): object | null {
  const quoted = turn.fresh.at(-1)?.shown.find(({ as }) => as.startsWith('quoted'));
  return quoted ? { conversation: quoted.text } : null;
}

/**
 * The relay's answers as the command line reads them: parsed here, trusted inside.
 * Only what is shown is asked for; more is kept for `--json` and ignored otherwise.
 */
import * as v from 'valibot';
import { AGENT_FAULTS } from '../../shared/agent-fault.ts';
import type { SkipReason } from '../../shared/chat.ts';
import { CAUSES, LINK_PHASES, LINK_STATUSES } from '../../shared/status.ts';
import { wordsIn } from '../../shared/words/dictionary.ts';

/** The words have an entry for every code there is, or they would not compile: their keys are the closed lists. */
const { skipReasons } = wordsIn('en');
const skipReasonCodes = Object.keys(skipReasons) as SkipReason[];

const agentFault = v.picklist(AGENT_FAULTS);
const scope = v.nullable(v.picklist(['everyone', 'listed']));

/** A LinkReport without its code: that comes as an event of its own, to `link` alone. */
export const reportReply = v.object({
  status: v.picklist(LINK_STATUSES),
  phase: v.picklist(LINK_PHASES),
  cause: v.nullable(v.picklist(CAUSES)),
  account: v.nullable(v.object({ number: v.string(), lid: v.nullable(v.string()) })),
  retryAt: v.nullable(v.number()),
  until: v.nullable(v.number()),
  since: v.number(),
  restrictedUntil: v.nullable(v.number()),
});

const qrEvent = v.object({
  event: v.literal('qr'),
  text: v.string(),
  number: v.number(),
  of: v.number(),
  expiresAt: v.number(),
});

export const linkEvent = v.variant('event', [
  qrEvent,
  v.object({ event: v.literal('status'), ...reportReply.entries }),
]);

export const pairReply = v.object({ text: v.string(), expiresAt: v.number() });

export const clientsReply = v.object({
  clients: v.array(
    v.object({ id: v.string(), name: v.string(), origin: v.string(), pairedAt: v.number(), seenAt: v.number() }),
  ),
});

export const agentReply = v.object({
  id: v.string(),
  name: v.string(),
  adapter: v.string(),
  settings: v.record(v.string(), v.unknown()),
  hasKey: v.boolean(),
  on: v.boolean(),
  switchedAt: v.number(),
  scope,
  link: reportReply,
  today: v.object({ messages: v.number(), answers: v.number(), inputTokens: v.number(), outputTokens: v.number() }),
  ignoredWhileOff: v.number(),
  thinking: v.number(),
  sending: v.number(),
  lastFault: v.nullable(v.object({ fault: agentFault, detail: v.string(), at: v.number() })),
});

export const statusReply = v.object({ agents: v.array(agentReply) });

export const adaptersReply = v.object({
  adapters: v.array(
    v.object({
      name: v.string(),
      meaning: v.string(),
      fields: v.array(
        v.object({
          name: v.string(),
          kind: v.string(),
          choices: v.nullable(v.array(v.string())),
          required: v.boolean(),
          default: v.optional(v.unknown()),
          meaning: v.string(),
          secret: v.boolean(),
        }),
      ),
    }),
  ),
});

export const switchReply = v.object({
  id: v.string(),
  name: v.string(),
  on: v.boolean(),
  droppedAnswers: v.number(),
});

export const namedReply = v.object({ id: v.string(), name: v.string() });

export const unlinkReply = v.object({ link: v.nullable(reportReply) });

export const chatsReply = v.object({
  chats: v.array(
    v.object({
      chatId: v.string(),
      kind: v.picklist(['direct', 'group']),
      name: v.nullable(v.string()),
      number: v.nullable(v.string()),
      rule: v.nullable(v.picklist(['answer', 'never'])),
      lastMessageAt: v.number(),
      lastSkip: v.nullable(v.object({ reason: v.picklist(skipReasonCodes), at: v.number() })),
    }),
  ),
});

export const ruleReply = v.object({ chat: v.string(), rule: v.nullable(v.picklist(['answer', 'never'])) });

export const checksReply = v.object({
  agents: v.array(v.object({ id: v.string(), name: v.string(), fault: v.nullable(agentFault), detail: v.string() })),
});

const usage = v.nullable(v.object({ inputTokens: v.number(), outputTokens: v.number() }));

export const testReply = v.variant('type', [
  v.object({ type: v.literal('answer'), texts: v.array(v.string()), usage }),
  v.object({ type: v.literal('silence'), usage }),
  v.object({ type: v.literal('fault'), fault: agentFault, detail: v.string(), usage }),
]);

export const exportReply = v.object({ path: v.string(), bytes: v.number() });

export const anyReply = v.looseObject({});

export type AgentReply = v.InferOutput<typeof agentReply>;
export type ReportReply = v.InferOutput<typeof reportReply>;
export type QrEvent = v.InferOutput<typeof qrEvent>;
export type AdapterReply = v.InferOutput<typeof adaptersReply>['adapters'][number];

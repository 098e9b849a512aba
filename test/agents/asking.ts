/** Turns and deps as the tests of relay/agents need them: real time, quick limits, notes in memory, a log that is read. */
import { Writable } from 'node:stream';
import type { AgentDeps } from '../../relay/agents/adapter.ts';
import { systemClock, systemRandom } from '../../relay/clock.ts';
import { createLog } from '../../relay/log.ts';
import type { Line, Turn } from '../../relay/turn.ts';
import type { AgentId } from '../../shared/contract/chat.ts';

export const AGENT_ID = 'agt_0000000000' as AgentId;
export const CHAT_KEY = 'c0ffee5eed0123456789abcdef012345';
export const LINE_ID = 'feed'.repeat(8);
export const TURN_ID = 'deed'.repeat(8);
export const OWNER_MARK = '[owner c0ffee]';

/** Never aborted. */
export const patient = new AbortController().signal;

export type TestDeps = AgentDeps & { readonly logged: () => string; readonly kept: Map<string, string> };

export function deps(
  settings: Partial<AgentDeps['settings']> = {},
  others: Partial<Omit<AgentDeps, 'settings'>> = {},
): TestDeps {
  const chunks: string[] = [];
  const kept = new Map<string, string>();
  const paper = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return {
    clock: systemClock,
    random: systemRandom,
    knowledge: [],
    log: createLog('debug', paper),
    notes: {
      note: async (_id, chatKey) => kept.get(chatKey) ?? null,
      keepNote: async (_id, chatKey, value) => void (value === null ? kept.delete(chatKey) : kept.set(chatKey, value)),
    },
    settings: {
      agentSeconds: 20,
      agentRetries: 0,
      agentBodyKib: 64,
      answerCharacters: 4_000,
      answerTexts: 5,
      language: 'en',
      proxy: null,
      noProxy: null,
      ...settings,
    },
    ...others,
    logged: () => chunks.join(''),
    kept,
  };
}

export function line(
  author: Line['author'],
  text: string,
  sentAt = 1_700_000_000_000,
  senderName: string | null = null,
  shown: Line['shown'] = [],
): Line {
  return { id: LINE_ID, author, text, shown, sentAt, senderName };
}

/** A turn of plain lines; a text alone is the contact's. */
export function turn(
  fresh: string | readonly Line[],
  context: readonly Line[] = [],
  missed: readonly Line[] = [],
): Turn {
  return {
    id: TURN_ID,
    attempt: 1,
    agentId: AGENT_ID,
    chatKey: CHAT_KEY,
    context,
    missed,
    fresh: typeof fresh === 'string' ? [line('contact', fresh)] : fresh,
  };
}

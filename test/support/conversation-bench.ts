/** One agent's conversation on the real store, with an agent and a connection that the test plays, and time in its hand. */
import { onTestFinished } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { Conversation } from '../../relay/conversation/conversation.ts';
import { type MessageTime, sameTime } from '../../relay/message-time.ts';
import type { SendResult } from '../../relay/outbound.ts';
import type { Settings } from '../../relay/settings/catalogue.ts';
import type { ChatMessage } from '../../relay/store/chat-message.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import type { Store } from '../../relay/store/store.ts';
import type { AgentResult, Turn } from '../../relay/turn.ts';
import type { AgentId, ChatId, Outcome } from '../../shared/contract/chat.ts';
import { messageFrom } from './chat-messages.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { testSettings } from './settings.ts';
import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
export const AGENT = 'agt_ONE' as AgentId;

type Sent = { readonly chatId: ChatId; readonly messageId: string; readonly text: string };
type MutableSettings = { -readonly [name in keyof Settings]: Settings[name] };

export type ConversationBench = {
  readonly conversation: Conversation;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly turns: Turn[];
  readonly aborted: Turn[];
  readonly sent: Sent[];
  /** What the agent says next; a promise lets the test decide when. */
  say(answer: (turn: Turn) => AgentResult | Promise<AgentResult>): void;
  /** From now on the agent does what it was begun for to its end, whatever becomes of the question. */
  runsToItsEnd(): void;
  /** What the conversation runs on: a change holds at once. */
  readonly settings: MutableSettings;
  message(id: string, changes?: Partial<ChatMessage>): ChatMessage;
  /** What contacts were shown beside answers. */
  readonly told: readonly string[];
  /** From now on answers stand right before the wire; what it returns lets them go. */
  hold(): () => void;
  /** From now on these are saved; null: not known. */
  addressBook(isSaved: (chatId: ChatId, number: string | null) => boolean | null): Promise<void>;
  /** How a look-up of devices goes. */
  lookUp(result: (chatId: ChatId) => boolean | Promise<boolean>): void;
  /** What became of messages, oldest first. */
  outcomes(): Promise<readonly Outcome[]>;
  /** The connection is open again, and has brought what waited. */
  reconnect(): void;
  line(result: (answer: Sent) => SendResult | Promise<SendResult>): void;
  write(id: string, changes?: Partial<ChatMessage>): Promise<void>;
  /** The relay dies and comes back: nothing in memory survives. */
  restart(settings?: Partial<Settings>): Promise<ConversationBench>;
};

export async function startConversation(
  given: {
    readonly home?: string;
    readonly clock?: ManualClock;
    readonly time?: (clock: ManualClock) => MessageTime;
    readonly on?: boolean;
    readonly settings?: Partial<Settings>;
  } = {},
): Promise<ConversationBench> {
  const home = given.home ?? temporaryDirectory();
  const clock = given.clock ?? new ManualClock(NOW);
  const store = await openStore(home, { random: systemRandom });
  if (!(await store.agents.get(AGENT))) {
    await store.agents.add({
      id: AGENT,
      name: 'One',
      backEnd: { adapter: 'built-in', settings: {} },
      secret: null,
      now: clock.now() - 60_000,
    });
    await store.agents.edit(AGENT, { scope: 'everyone' });
  }
  const settings: MutableSettings = { ...testSettings(home, null), ...given.settings };
  const turns: Turn[] = [];
  const abortedTurns: Turn[] = [];
  const sent: Sent[] = [];
  let answer: (turn: Turn) => AgentResult | Promise<AgentResult> = (turn) =>
    said(`answer to ${turn.fresh.at(-1)?.text}`);
  let result: (item: Sent) => SendResult | Promise<SendResult> = () => ({ type: 'acked' });
  let saved: (chatId: ChatId, number: string | null) => boolean | null = () => null;
  let lookUp: (chatId: ChatId) => boolean | Promise<boolean> = () => true;
  const told: string[] = [];
  let repeatable = true;
  let leave = Promise.withResolvers<void>();
  leave.resolve();
  let ids = 0;
  const conversation = new Conversation(AGENT, {
    store,
    clock,
    time: given.time?.(clock) ?? sameTime(clock),
    log: silentLog(),
    settings,
    agent: () => ({
      repeatable,
      check: async () => ({ type: 'ok', detail: '' }),
      answer: async (turn, signal) => {
        turns.push(turn);
        signal.addEventListener('abort', () => abortedTurns.push(turn));
        return answer(turn);
      },
    }),
    random: { fraction: () => 0.5, bytes: systemRandom.bytes },
    outbound: {
      isSaved: (chatId, number) => saved(chatId, number),
      newMessageId: () => {
        ids += 1;
        return `OURS${clock.now()}-${ids}`;
      },
      watchConnection: () => undefined,
      restrictionChanged: () => undefined,
      storeFailed: () => undefined,
      prepare: async (chatId) => lookUp(chatId),
      showTyping: async (chatId, writing) => {
        told.push(`${writing ? 'writing' : 'not writing'} ${chatId}`);
        return true;
      },
      markRead: (chatId, ids) => void told.push(`read ${chatId} ${ids}`),
      send: async (item, { mayLeave, withdrawal }) => {
        await Promise.race([leave.promise, aborted(withdrawal)]);
        if (withdrawal.aborted || !mayLeave()) return { type: 'withdrawn' };
        const outcome = await result(item);
        if (outcome.type === 'acked') sent.push(item);
        return outcome;
      },
    },
    changed: () => undefined,
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    const ended = conversation.stop();
    await settle();
    await ended;
    await store.close();
  };
  onTestFinished(stop);
  await conversation.start();
  if (given.on !== false) await conversation.switch.moveTo(true);
  conversation.linkOpened();
  conversation.caughtUp();
  const bench: ConversationBench = {
    conversation,
    store,
    clock,
    turns,
    aborted: abortedTurns,
    sent,
    say: (next) => {
      answer = next;
    },
    runsToItsEnd: () => {
      repeatable = false;
    },
    line: (next) => {
      result = next;
    },
    settings,
    message: (id, changes) => messageFrom(id, { sentAt: clock.now(), ...changes }),
    told,
    hold: () => {
      leave = Promise.withResolvers();
      return leave.resolve;
    },
    addressBook: async (next) => {
      saved = next;
      await conversation.addressBookChanged();
    },
    lookUp: (next) => {
      lookUp = next;
    },
    outcomes: async () => (await store.outcomes.list(AGENT, { limit: 100 })).map(({ outcome }) => outcome).reverse(),
    reconnect: () => {
      conversation.linkOpened();
      conversation.caughtUp();
    },
    write: (id, changes) => conversation.takeIn([messageFrom(id, { sentAt: clock.now(), ...changes })]),
    restart: async (changes = {}) => {
      await stop();
      return startConversation({ home, clock, on: false, settings: changes });
    },
  };
  return bench;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What an agent says, at a cost of three tokens. */
export function said(...texts: readonly [string, ...string[]]): AgentResult {
  return { type: 'answer', texts, usage: { inputTokens: 1, outputTokens: 2 } };
}

export const inChat = (name: string) => ({ chatId: name as ChatId });

/**
 * A small model of who is answered, beside the real conversation on the real store: contacts, an owner with a phone, an agent, a connection and
 * a clock, all played. The model knows the promises and nothing of how they are kept. Each rule that it checks is named in `RULES`.
 */
import { systemRandom } from '../../relay/clock.ts';
import { Conversation } from '../../relay/conversation/conversation.ts';
import { sameTime } from '../../relay/message-time.ts';
import type { OutgoingAnswer, SendLimits, SendResult } from '../../relay/outbound.ts';
import type { Settings } from '../../relay/settings/catalogue.ts';
import type { ChatMessage } from '../../relay/store/chat-message.ts';
import type { Store } from '../../relay/store/store.ts';
import type { AgentResult, Turn } from '../../relay/turn.ts';
import type { AgentId, ChatId, ChatRule, Scope } from '../../shared/contract/chat.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { isOnAt } from '../../shared/rules/schedule.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { silentLog } from '../support/silent-log.ts';

export const RULES = {
  on: 'nothing is asked or leaves while the switch is off, by hand or by the schedule',
  scope: 'nothing is asked or leaves for a chat that is not to be answered',
  held: 'nothing is asked or leaves while the owner keeps the chat, or after their newer words',
  asks: 'nothing is asked or leaves in a chat that asks for its owner, but what is said while it asks, until the owner has done something there',
  ownerFirst:
    'nothing is asked or leaves before the owner has had their minutes since the newest message of the chat, but on their word',
  reading: 'reading a chat gives the owner their minutes anew',
  restricted: 'nothing is asked or leaves while WhatsApp restricts the number',
  old: 'nothing is asked or leaves for messages older than ten minutes beyond the owner’s time, but on their word',
  off: 'a message that was sent while off is never asked about',
  caughtUp: 'nothing is asked or leaves before what waited at WhatsApp has been taken in',
  once: 'no message is answered twice, and only the same answer is sent again',
  changed: 'what was deleted is neither asked about nor answered, and of what was edited the new words are',
  order: 'answers leave in the order in which their questions came',
  replies: 'an answer goes to the chat that it answers, and to nobody who did not write',
  brake: 'a chat gets no more than six answers in ninety seconds',
  share: 'the agent is asked nothing for a chat that has taken its share of the day’s tokens',
  pieces: 'no answer leaves that has not heard what was said a second before, unless it was begun anew often enough',
  runs: 'no message is part of more than four questions, and with a flow of two',
  outcome: 'each message that was taken in has exactly one outcome in the end',
  dropped: 'the reply to off counts what was under way, and nothing of it leaves afterwards',
} as const;

export class RuleBroken extends Error {
  readonly rule: keyof typeof RULES;
  constructor(rule: keyof typeof RULES, detail: string) {
    super(`${RULES[rule]}: ${detail}`);
    this.name = 'RuleBroken';
    this.rule = rule;
  }
}

export const CHATS = ['a', 'b', 'c'] as const;
export type Chat = (typeof CHATS)[number];
/** In the owner's address book. */
const SAVED: Chat = 'c';

export type AgentMood =
  | 'quick'
  | 'slow'
  | 'very-slow'
  | 'hangs'
  | 'silent'
  | 'asks'
  | 'asks-silently'
  | 'busy'
  | 'refuses'
  | 'repeats';
export type LineMood =
  | 'acks'
  | 'restricts'
  | 'refuses'
  | 'loses-acks'
  | 'hangs-in-look-up'
  | 'finds-no-devices'
  | 'leaves-late';

export type Step =
  | { readonly type: 'contact'; readonly chat: Chat; readonly ageSeconds: number }
  | { readonly type: 'owner'; readonly chat: Chat; readonly ageSeconds: number }
  /** The owner’s message of which only the envelope can be read, for now. */
  | { readonly type: 'envelope'; readonly chat: Chat; readonly becomes: 'read' | 'never' | 'nothing' }
  /** Six messages, so many seconds apart. */
  | { readonly type: 'pieces'; readonly chat: Chat; readonly seconds: number }
  | { readonly type: 'on' }
  /** Eight questions, each as soon as the one before may have been answered. */
  | { readonly type: 'exchange'; readonly chat: Chat }
  /** The contact's last message. */
  | { readonly type: 'edit'; readonly chat: Chat }
  | { readonly type: 'deletion'; readonly chat: Chat }
  | { readonly type: 'off'; readonly forSeconds: number | null }
  | { readonly type: 'schedule'; readonly schedule: Schedule }
  | { readonly type: 'scope'; readonly scope: Scope }
  | { readonly type: 'rule'; readonly chat: Chat; readonly rule: ChatRule | null }
  | { readonly type: 'contacts'; readonly known: boolean }
  | { readonly type: 'take'; readonly chat: Chat }
  | { readonly type: 'release'; readonly chat: Chat }
  | { readonly type: 'answer'; readonly chat: Chat }
  | { readonly type: 'forget'; readonly chat: Chat }
  /** The owner reads the chat on their phone. */
  | { readonly type: 'read'; readonly chat: Chat; readonly ageSeconds: number }
  | { readonly type: 'owner-first'; readonly minutes: number }
  | { readonly type: 'restricted'; readonly forSeconds: number | null }
  | { readonly type: 'agent'; readonly mood: AgentMood }
  | { readonly type: 'line'; readonly mood: LineMood }
  | { readonly type: 'line-down' }
  | { readonly type: 'line-up'; readonly lateSeconds: number }
  | { readonly type: 'restart' }
  | { readonly type: 'wait'; readonly seconds: number };

/** Monday. */
const START = new Date(2026, 10, 23, 8, 0, 0).getTime();
const SECOND = 1_000;
const MINUTE = 60_000;
const FRESH_MS = 10 * MINUTE;
const HOLD_MS = 15 * MINUTE;
const BRAKE = { answers: 6, ms: 90 * SECOND };
/** Tokens of one chat on one day; an answer costs two. */
export const SHARE = 20;
const MOST_RUNS = 4;
const MOST_RUNS_OF_A_FLOW = 2;
/** Longer than every wait there is: for a switch that goes on, a brake, a hold, a further try. */
const END_MS = 3 * 60 * MINUTE;

type Written = { readonly id: string; readonly chat: Chat; readonly sentAt: number; admitted: boolean };
type OffTime = { readonly from: number; until: number };

export class World {
  readonly #agentId: AgentId;
  readonly #store: Store;
  readonly #settings: Settings;
  readonly #clock = new ManualClock(START);
  #conversation!: Conversation;
  #agentMood: AgentMood = 'quick';
  #lineMood: LineMood = 'acks';
  readonly #hanging = new Set<() => void>();

  // What the model knows.
  #on = false;
  #backOnAt: number | null = null;
  #schedule: Schedule = [];
  readonly #offTimes: OffTime[] = [{ from: 0, until: Number.POSITIVE_INFINITY }];
  #scope: Scope = 'everyone';
  readonly #rules = new Map<Chat, ChatRule>();
  readonly #heldUntil = new Map<Chat, number>();
  /** As far as it may be written down. */
  readonly #keptUntil = new Map<Chat, number>();
  readonly #ownerWroteAt = new Map<Chat, number>();
  /** Since when chats ask for their owner; and as far as it is written down. */
  readonly #asking = new Map<Chat, number>();
  readonly #keptAsking = new Map<Chat, number>();
  readonly #saidWhileAsking = new Set<string>();
  #contactsKnown = false;
  #ownerMinutes = 0;
  /** When the newest message of a chat was sent, and when the owner read it last; what they had answered at once is not among them. */
  readonly #newestAt = new Map<Chat, number>();
  readonly #readAt = new Map<Chat, number>();
  /** Those that a restart keeps. */
  readonly #writtenReadAt = new Map<Chat, number>();
  #restrictedUntil = 0;
  #caughtUp = false;
  readonly #written = new Map<string, Written>();
  readonly #releasedAt = new Map<Chat, number>();
  readonly #versions = new Map<string, number>();
  readonly #gone = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #answeredBy = new Map<string, string>();
  readonly #leftOf = new Map<Chat, { readonly at: number; readonly messageId: string; readonly newest: number }[]>();
  readonly #arrivals = new Map<string, number>();
  readonly #isFlow: boolean;
  readonly #spent = new Map<string, number>();
  readonly #runs = new Map<string, number>();
  /** Questions in a row of which each has something of the one before. */
  readonly #chains = new Map<Chat, { readonly ids: readonly string[]; readonly runs: number }>();
  /** The number of its question in such a row, by what is asked. */
  readonly #runsBefore = new Map<string, number>();
  /** Asked about once more for a reason that is not that more was said. */
  readonly #excused = new Set<string>();
  readonly #cameAt = new Map<string, number>();
  #firstBroken: RuleBroken | null = null;
  #ids = 0;
  #steps = 0;

  constructor(agentId: AgentId, store: Store, settings: Settings, isFlow: boolean) {
    this.#isFlow = isFlow;
    this.#agentId = agentId;
    this.#store = store;
    this.#settings = settings;
  }

  async play(steps: readonly Step[]): Promise<void> {
    await this.#store.agents.add({
      id: this.#agentId,
      name: this.#agentId,
      backEnd: { adapter: 'built-in', settings: {} },
      secret: null,
      now: START - 60 * MINUTE,
    });
    await this.#store.agents.edit(this.#agentId, { scope: 'everyone' });
    await this.#begin();
    await this.#do({ type: 'on' });
    for (const step of steps) {
      this.#steps += 1;
      // Time is in whole seconds, as WhatsApp's is: what the model says of a moment is never a matter of milliseconds.
      await this.#advance(2 * SECOND);
      await this.#do(step);
      await settle();
    }
    await this.#finish();
  }

  async #begin(): Promise<void> {
    this.#conversation = new Conversation(this.#agentId, {
      store: this.#store,
      clock: this.#clock,
      time: sameTime(this.#clock),
      random: { fraction: () => 0.5, bytes: systemRandom.bytes },
      log: silentLog(),
      settings: this.#settings,
      agent: () => ({
        repeatable: !this.#isFlow,
        check: async () => ({ type: 'ok', detail: '' }),
        answer: (turn, signal) => this.#answer(turn, signal),
      }),
      outbound: {
        isSaved: (chatId) => (this.#contactsKnown ? (chatId as unknown as Chat) === SAVED : null),
        newMessageId: () => {
          this.#ids += 1;
          return `OURS-${this.#agentId}-${this.#ids}`;
        },
        storeFailed: (error) => {
          this.#firstBroken ??= error instanceof RuleBroken ? error : new RuleBroken('outcome', String(error));
        },
        watchConnection: () => undefined,
        restrictionChanged: () => undefined,
        prepare: () => this.#prepare(),
        showTyping: async () => true,
        markRead: () => undefined,
        send: (item, limits) => this.#send(item, limits),
      },
      changed: () => undefined,
    });
    await this.#conversation.start();
    this.#conversation.linkOpened();
    this.#caughtUp = true;
    this.#conversation.caughtUp();
  }

  async #do(step: Step): Promise<void> {
    const now = this.#clock.now();
    const conversation = this.#conversation;
    switch (step.type) {
      case 'contact':
        return this.#contactWrites(step.chat, step.ageSeconds);
      case 'owner':
        return this.#ownerWrites(step.chat, step.ageSeconds);
      case 'envelope':
        return this.#envelope(step.chat, step.becomes);
      case 'pieces':
        for (let at = 0; at < 6; at++) {
          await this.#contactWrites(step.chat, 0);
          await this.#advance(step.seconds * SECOND);
        }
        return;
      case 'on':
        this.#setOn(true);
        this.#backOnAt = null;
        await conversation.switch.moveTo(true);
        return;
      case 'exchange':
        for (let at = 0; at < 8; at++) {
          await this.#contactWrites(step.chat, 0);
          await this.#advance(4 * SECOND);
        }
        return;
      case 'edit':
      case 'deletion':
        return this.#contactChanges(step.chat, step.type === 'edit');
      case 'off':
        return this.#off(step.forSeconds === null ? null : now + step.forSeconds * SECOND);
      case 'schedule':
        this.#schedule = step.schedule;
        this.#backOnAt = step.schedule.length > 0 ? null : this.#backOnAt;
        if (step.schedule.length > 0) this.#setOn(isOnAt(step.schedule, now));
        await conversation.switch.setSchedule(step.schedule);
        return;
      case 'scope':
        this.#scope = step.scope;
        return conversation.scope.setScope(step.scope);
      case 'rule':
        if (step.rule === null) this.#rules.delete(step.chat);
        else this.#rules.set(step.chat, step.rule);
        return conversation.scope.setRule(step.chat as unknown as ChatId, step.rule);
      case 'contacts':
        this.#contactsKnown = step.known;
        return conversation.addressBookChanged();
      case 'take': {
        this.#excuse(step.chat);
        const until = await conversation.chats.take(step.chat as unknown as ChatId);
        if (until === null) return;
        this.#endAsking(step.chat);
        for (const map of [this.#heldUntil, this.#keptUntil])
          map.set(step.chat, Math.max(map.get(step.chat) ?? 0, now + HOLD_MS));
        return;
      }
      case 'release':
        this.#excuse(step.chat);
        this.#releasedAt.set(step.chat, now);
        this.#heldUntil.delete(step.chat);
        this.#keptUntil.delete(step.chat);
        this.#ownerWroteAt.delete(step.chat);
        this.#endAsking(step.chat);
        await conversation.chats.release(step.chat as unknown as ChatId);
        return;
      case 'answer': {
        this.#excuse(step.chat);
        for (const { id, chat } of this.#written.values()) if (chat === step.chat) this.#asked.add(id);
        this.#newestAt.delete(step.chat);
        await conversation.chats.answer(step.chat as unknown as ChatId);
        return;
      }
      case 'forget':
        for (const message of this.#written.values()) if (message.chat === step.chat) message.admitted = false;
        this.#leftOf.delete(step.chat);
        this.#spent.delete(this.#dayOf(step.chat));
        this.#endAsking(step.chat);
        return conversation.chats.forget(step.chat as unknown as ChatId);
      case 'read': {
        this.#excuse(step.chat);
        const readAt = now - step.ageSeconds * SECOND;
        this.#reads(step.chat, readAt);
        return conversation.ownerRead({ chatId: step.chat as unknown as ChatId, readAt, live: step.ageSeconds === 0 });
      }
      case 'owner-first':
        for (const chat of CHATS) this.#excuse(chat);
        this.#ownerMinutes = step.minutes;
        return conversation.chats.setOwnerMinutes(step.minutes);
      case 'restricted':
        this.#restrictedUntil = step.forSeconds === null ? 0 : now + step.forSeconds * SECOND;
        return conversation.restricted(step.forSeconds === null ? null : this.#restrictedUntil);
      case 'agent':
        this.#agentMood = step.mood;
        return;
      case 'line':
        this.#lineMood = step.mood;
        this.#letGo();
        return;
      case 'line-down':
        this.#caughtUp = false;
        conversation.linkClosed();
        this.#letGo();
        return;
      case 'line-up':
        conversation.linkOpened();
        await this.#advance(step.lateSeconds * SECOND);
        this.#caughtUp = true;
        conversation.caughtUp();
        return;
      case 'restart':
        return this.#restart();
      case 'wait':
        return this.#advance(step.seconds * SECOND);
    }
  }

  async #restart(): Promise<void> {
    for (const chat of CHATS) this.#excuse(chat);
    this.#caughtUp = false;
    this.#learnAsking();
    this.#readAt.clear();
    for (const [chat, readAt] of this.#writtenReadAt) this.#readAt.set(chat, readAt);
    const stopped = this.#conversation.stop();
    this.#letGo();
    await settle();
    await stopped;
    // What the owner wrote while off was in memory alone.
    this.#heldUntil.clear();
    this.#ownerWroteAt.clear();
    for (const [chat, until] of this.#keptUntil) this.#heldUntil.set(chat, until);
    this.#asking.clear();
    for (const [chat, since] of this.#keptAsking) this.#asking.set(chat, since);
    await this.#begin();
    this.#checkAsking();
  }

  async #off(backOnAt: number | null): Promise<void> {
    this.#setOn(false);
    this.#backOnAt = backOnAt;
    const { busyChats } = this.#conversation.activity;
    const queued = await this.#store.outbox.answersPending(this.#agentId);
    const wasOn = this.#conversation.switch.on;
    const { droppedAnswers } = await this.#conversation.switch.moveTo(false, { by: 'person', backOnAt });
    if (wasOn && droppedAnswers < busyChats) this.#broken('dropped', `${droppedAnswers} of ${busyChats}`);
    if (wasOn && droppedAnswers > busyChats + queued) this.#broken('dropped', `${droppedAnswers} are too many`);
  }

  #setOn(on: boolean): void {
    const now = this.#clock.now();
    if (on === this.#on) return;
    this.#on = on;
    const last = this.#offTimes.at(-1);
    if (on && last) last.until = now;
    if (!on) this.#offTimes.push({ from: now, until: Number.POSITIVE_INFINITY });
  }

  /** Second by second where the switch may turn, so that the model turns it in the same moment. */
  async #advance(ms: number): Promise<void> {
    const end = this.#clock.now() + ms;
    while (this.#clock.now() < end) {
      const now = this.#clock.now();
      const turn = this.#nextTurn(now, end);
      if (turn === null) {
        await this.#clock.advance(end - now);
        return;
      }
      // The model turns first: at that very moment nothing may leave, or everything may.
      await this.#clock.advance(turn.at - now - 1);
      this.#turning = turn.on;
      await this.#clock.advance(1);
      this.#turning = null;
      this.#backOnAt = null;
      this.#setOn(turn.on);
    }
  }

  /** Set in the very moment in which the clock turns the switch: then either is right. */
  #turning: boolean | null = null;

  #nextTurn(now: number, end: number): { readonly at: number; readonly on: boolean } | null {
    const turns: { at: number; on: boolean }[] = [];
    if (this.#schedule.length > 0) {
      for (let at = now - (now % MINUTE) + MINUTE; at <= end; at += MINUTE) {
        const on = isOnAt(this.#schedule, at);
        if (on === isOnAt(this.#schedule, at - 1)) continue;
        turns.push({ at, on });
        break;
      }
    }
    if (this.#backOnAt !== null && this.#backOnAt > now && this.#backOnAt <= end)
      turns.push({ at: this.#backOnAt, on: true });
    return turns.sort((one, other) => one.at - other.at)[0] ?? null;
  }

  async #contactWrites(chat: Chat, ageSeconds: number): Promise<void> {
    const message = this.#message(chat, 'contact', ageSeconds);
    const { messageId: id, sentAt } = message;
    const admitted = this.#on && !this.#wasOff(sentAt);
    this.#written.set(id, { id, chat, sentAt, admitted });
    if (admitted && this.#inScope(chat)) this.#newestAt.set(chat, Math.max(this.#newestAt.get(chat) ?? 0, sentAt));
    this.#arrivals.set(id, this.#arrivals.size);
    this.#cameAt.set(id, this.#clock.now());
    await this.#conversation.takeIn([message]);
  }

  async #contactChanges(chat: Chat, isEdit: boolean): Promise<void> {
    const last = [...this.#written.values()].findLast((message) => message.chat === chat);
    if (!last) return;
    this.#excuse(chat);
    const isKept = this.#on && this.#inScope(chat);
    if (isEdit && isKept) this.#versions.set(last.id, (this.#versions.get(last.id) ?? 0) + 1);
    else this.#strike(last.id, chat);
    const text = isEdit ? this.#wordsOf(last.id) : null;
    const chatId = chat as unknown as ChatId;
    await this.#conversation.messageChanged({ chatId, messageId: last.id, author: 'contact', text });
  }

  /** The owner's time counts from what still stands there, at least. */
  #strike(id: string, chat: Chat): void {
    this.#gone.add(id);
    if (!this.#newestAt.has(chat)) return;
    const left = [...this.#written.values()].filter(
      (each) => each.chat === chat && each.admitted && !this.#gone.has(each.id),
    );
    this.#newestAt.set(chat, Math.max(0, ...left.map(({ sentAt }) => sentAt)));
  }

  /** `M7`, and `M7v2` once it has been edited twice. */
  #wordsOf(id: string): string {
    const version = this.#versions.get(id) ?? 0;
    return version === 0 ? id : `${id}v${version}`;
  }

  #excuse(chat: Chat): void {
    for (const message of this.#written.values()) if (message.chat === chat) this.#excused.add(message.id);
  }

  /** Three seconds later it is read, or turns out to be no message; or neither ever comes. */
  async #envelope(chat: Chat, becomes: 'read' | 'never' | 'nothing'): Promise<void> {
    this.#excuse(chat);
    const message = this.#message(chat, 'owner', 0);
    const { chatId, messageId, sentAt } = message;
    this.#learnAsking();
    const maps = [this.#heldUntil, this.#keptUntil, this.#ownerWroteAt, this.#asking, this.#keptAsking];
    const before = maps.map((map) => map.get(chat));
    this.#hold(chat, sentAt, true);
    await this.#conversation.ownerSeen({ chatId, messageId, sentAt, live: true });
    if (becomes === 'never') return;
    await this.#advance(3 * SECOND);
    if (becomes === 'read') {
      this.#hold(chat, sentAt, true);
      return this.#conversation.takeIn([message]);
    }
    for (const [at, map] of maps.entries()) {
      const was = before[at];
      if (was === undefined) map.delete(chat);
      else map.set(chat, was);
    }
    await this.#conversation.saidNothing(chatId, messageId);
  }

  async #ownerWrites(chat: Chat, ageSeconds: number): Promise<void> {
    this.#excuse(chat);
    const message = this.#message(chat, 'owner', ageSeconds);
    const { sentAt } = message;
    // Words from before the owner gave the chat back hold it no more; of those within a second nobody can tell.
    if (sentAt + SECOND <= (this.#releasedAt.get(chat) ?? 0)) return this.#conversation.takeIn([message]);
    this.#hold(chat, sentAt, message.live);
    await this.#conversation.takeIn([message]);
  }

  #hold(chat: Chat, sentAt: number, live: boolean): void {
    this.#learnAsking();
    const isWritten = this.#on && !this.#wasOff(sentAt) && this.#inScope(chat);
    if (live || sentAt > (this.#asking.get(chat) ?? Number.POSITIVE_INFINITY)) {
      this.#asking.delete(chat);
      if (isWritten) this.#keptAsking.delete(chat);
    }
    const until = (live ? this.#clock.now() : sentAt) + HOLD_MS;
    this.#heldUntil.set(chat, Math.max(this.#heldUntil.get(chat) ?? 0, until));
    if (isWritten) this.#keptUntil.set(chat, Math.max(this.#keptUntil.get(chat) ?? 0, until));
    if (this.#on && !this.#wasOff(sentAt))
      this.#ownerWroteAt.set(chat, Math.max(this.#ownerWroteAt.get(chat) ?? 0, sentAt));
  }

  #message(chat: Chat, author: ChatMessage['author'], ageSeconds: number): ChatMessage {
    this.#ids += 1;
    return {
      chatId: chat as unknown as ChatId,
      chatKind: 'direct',
      messageId: `M${this.#ids}`,
      author,
      number: null,
      senderName: null,
      sentAt: this.#clock.now() - ageSeconds * SECOND,
      live: ageSeconds === 0,
      kind: 'text',
      text: `M${this.#ids}`,
      shown: [],
      disappearsAfter: null,
      addressed: true,
    };
  }

  async #answer(turn: Turn, signal: AbortSignal): Promise<AgentResult> {
    const words = turn.fresh.filter(({ author }) => author === 'contact').map(({ text }) => text);
    const ids = words.map((each) => each.split('v')[0] ?? each);
    this.#checkWords(words);
    const chat = this.#chatOf(ids);
    this.#check(chat, ids, 'asked');
    this.#checkIsNotAsking(chat, null);
    if (!this.#caughtUp) this.#broken('caughtUp', 'asked');
    this.#checkRuns(chat, ids);
    const day = this.#dayOf(chat);
    if ((this.#spent.get(day) ?? 0) >= SHARE) this.#broken('share', chat);
    // A fault that may pass is tried again; a flow that hung may still go on, and is not.
    if (this.#agentMood === 'busy' || (this.#agentMood === 'hangs' && !this.#isFlow)) this.#excuse(chat);
    switch (this.#agentMood) {
      case 'silent':
        return { type: 'silence', usage: null };
      case 'asks-silently':
        return { type: 'silence', usage: null, asksOwner: true };
      case 'busy':
        return { type: 'fault', fault: 'rate-limited', detail: '', usage: null };
      case 'refuses':
        return { type: 'fault', fault: 'key-refused', detail: '', usage: null };
      case 'hangs':
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      case 'slow':
      case 'very-slow': {
        const seconds = this.#agentMood === 'slow' ? 7 : 20;
        await new Promise<void>((resolve) => {
          this.#clock.after(seconds * SECOND, resolve);
        });
        break;
      }
      case 'quick':
      case 'asks':
      case 'repeats':
        break;
    }
    this.#spent.set(day, (this.#spent.get(day) ?? 0) + 2);
    const said = this.#agentMood === 'repeats' ? 'the same' : `re ${words.join(' ')}`;
    const answer = { type: 'answer', texts: [said], usage: { inputTokens: 1, outputTokens: 1 } } as const;
    if (this.#agentMood !== 'asks') return answer;
    this.#saidWhileAsking.add(said);
    return { ...answer, asksOwner: true };
  }

  #prepare(): Promise<boolean> {
    if (this.#lineMood === 'finds-no-devices') return Promise.resolve(false);
    if (this.#lineMood !== 'hangs-in-look-up') return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#hanging.add(() => resolve(true));
      this.#clock.after(30 * SECOND, () => resolve(true));
    });
  }

  async #send(item: OutgoingAnswer, { mayLeave, withdrawal, signal }: SendLimits): Promise<SendResult> {
    // One more turn of the loop, in which everything may change.
    await Promise.resolve();
    if (withdrawal.aborted || signal.aborted) return { type: 'withdrawn' };
    if (this.#lineMood === 'leaves-late') {
      await new Promise<void>((resolve) => {
        this.#clock.after(25 * SECOND, resolve);
        this.#hanging.add(resolve);
        withdrawal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (withdrawal.aborted || signal.aborted) return { type: 'withdrawn' };
    if (!this.#caughtUp) return { type: 'offline' };
    const open = await this.#openIn(item.chatId);
    if (!mayLeave()) return { type: 'withdrawn' };
    try {
      this.#checkPieces(item, open);
      this.#left(item);
    } catch {
      // It is known, and told in the end.
      return { type: 'acked' };
    }
    const ids = item.text
      .split(' ')
      .slice(1)
      .map((each) => each.split('v')[0] ?? each);
    switch (this.#lineMood) {
      case 'restricts':
        for (const id of ids) this.#answeredBy.delete(id);
        return { type: 'refused', code: 463 };
      case 'refuses':
        for (const id of ids) this.#answeredBy.delete(id);
        return { type: 'refused', code: 400 };
      case 'loses-acks':
        return { type: 'unconfirmed' };
      default:
        return { type: 'acked' };
    }
  }

  async #openIn(chatId: ChatId): Promise<readonly string[]> {
    const lines = await this.#store.messages.lines(this.#agentId, chatId, 100);
    return lines.filter(({ open }) => open).map(({ message }) => message.messageId);
  }

  /** What may have left before is sent again as it is. */
  #checkPieces(
    { messageId, text }: { readonly messageId: string; readonly text: string },
    open: readonly string[],
  ): void {
    if (text === 'the same' || [...this.#answeredBy.values()].includes(messageId)) return;
    const ids = text
      .split(' ')
      .slice(1)
      .map((each) => each.split('v')[0] ?? each);
    const runs = this.#runsBefore.get(ids.join(' ')) ?? 0;
    if (ids.some((id) => this.#excused.has(id)) || runs >= this.#mostRuns) return;
    const newest = Math.max(...ids.map((id) => this.#arrivals.get(id) ?? 0));
    const unheard = open.find(
      (id) => (this.#arrivals.get(id) ?? 0) > newest && (this.#cameAt.get(id) ?? 0) <= this.#clock.now() - SECOND,
    );
    if (unheard !== undefined) this.#broken('pieces', `${text} without ${unheard}`);
  }

  #dayOf(chat: Chat): string {
    return `${chat} ${new Date(this.#clock.now()).toDateString()}`;
  }

  get #mostRuns(): number {
    return this.#isFlow ? MOST_RUNS_OF_A_FLOW : MOST_RUNS;
  }

  #checkRuns(chat: Chat, ids: readonly string[]): void {
    const before = this.#chains.get(chat);
    const goesOn = before?.ids.some((id) => ids.includes(id)) ?? false;
    const chain = { ids, runs: goesOn && before ? before.runs + 1 : 1 };
    this.#chains.set(chat, chain);
    this.#runsBefore.set(ids.join(' '), chain.runs);
    for (const id of ids) {
      const runs = (this.#runs.get(id) ?? 0) + 1;
      this.#runs.set(id, runs);
      if (runs > this.#mostRuns && !this.#excused.has(id)) this.#broken('runs', `${id} ${runs} times`);
    }
  }

  #left({
    chatId,
    messageId,
    text,
  }: {
    readonly chatId: ChatId;
    readonly messageId: string;
    readonly text: string;
  }): void {
    const chat = chatId as unknown as Chat;
    if (text === 'the same') {
      this.#checkChat(chat, 'left');
      this.#checkIsNotAsking(chat, text);
      return;
    }
    this.#checkIsNotAsking(chat, text);
    const words = text.split(' ').slice(1);
    const ids = words.map((each) => each.split('v')[0] ?? each);
    // What may have left before is the same answer, whatever has become of its question.
    if (![...this.#answeredBy.values()].includes(messageId)) this.#checkWords(words);
    this.#check(chat, ids, 'left');
    if (this.#chatOf(ids) !== chat) this.#broken('replies', `${text} went to ${chat}`);
    for (const id of ids) {
      const before = this.#answeredBy.get(id);
      if (before !== undefined && before !== messageId) this.#broken('once', `${id} by ${before} and ${messageId}`);
      this.#answeredBy.set(id, messageId);
    }
    const left = this.#leftOf.get(chat) ?? [];
    this.#leftOf.set(chat, left);
    if (left.some((each) => each.messageId === messageId)) return;
    const newest = Math.max(...ids.map((id) => this.#arrivals.get(id) ?? 0));
    if (left.some((each) => each.newest > newest && !ids.some((id) => this.#asked.has(id))))
      this.#broken('order', text);
    left.push({ at: this.#clock.now(), messageId, newest });
    const recent = left.filter(({ at }) => at > this.#clock.now() - BRAKE.ms);
    if (recent.length > BRAKE.answers) this.#broken('brake', `${recent.length} in ${chat}`);
  }

  #checkWords(words: readonly string[]): void {
    for (const each of words) {
      const id = each.split('v')[0] ?? each;
      if (this.#gone.has(id)) this.#broken('changed', `${id} is gone`);
      if (each !== this.#wordsOf(id)) this.#broken('changed', `${each} is ${this.#wordsOf(id)} now`);
    }
  }

  #check(chat: Chat, ids: readonly string[], what: 'asked' | 'left'): void {
    this.#checkChat(chat, what);
    const messages = ids.map((id) => this.#written.get(id)).filter((message) => message !== undefined);
    const newest = Math.max(...messages.map(({ sentAt }) => sentAt));
    const isAsked = ids.some((id) => this.#asked.has(id));
    const ownersUntil = Math.max(newest + this.#ownerMinutes * MINUTE, this.#ownersUntil(chat));
    if (!isAsked && this.#clock.now() - ownersUntil > FRESH_MS) this.#broken('old', `${what} ${ids}`);
    if (!isAsked) this.#checkOwnersTime(chat, what);
    if (!isAsked && (this.#ownerWroteAt.get(chat) ?? 0) >= newest)
      this.#broken('held', `${what}, older than the owner's`);
    const ignored = messages.find(({ admitted, sentAt }) => !admitted && this.#wasOff(sentAt));
    if (ignored) this.#broken('off', `${what} ${ignored.id}`);
  }

  /** A reading of what nobody could answer any more counts for nothing. */
  #reads(chat: Chat, readAt: number): void {
    const newest = this.#newestAt.get(chat);
    if (newest !== undefined && readAt > this.#ownersUntil(chat) + FRESH_MS) return;
    this.#readAt.set(chat, Math.max(this.#readAt.get(chat) ?? 0, readAt));
    if (this.#ownerMinutes > 0 && newest !== undefined && this.#on && this.#inScope(chat))
      this.#writtenReadAt.set(chat, Math.max(this.#writtenReadAt.get(chat) ?? 0, readAt));
  }

  /** Until when the owner has, or had, time to answer themselves. */
  #ownersUntil(chat: Chat): number {
    const newest = this.#newestAt.get(chat);
    if (this.#ownerMinutes === 0 || newest === undefined) return 0;
    return Math.max(newest, this.#readAt.get(chat) ?? 0) + this.#ownerMinutes * MINUTE;
  }

  #checkOwnersTime(chat: Chat, what: 'asked' | 'left'): void {
    const now = this.#clock.now();
    const newest = this.#newestAt.get(chat);
    if (this.#ownerMinutes === 0 || newest === undefined) return;
    if (newest + this.#ownerMinutes * MINUTE > now) this.#broken('ownerFirst', `${what} ${chat}`);
    if (this.#ownersUntil(chat) > now) this.#broken('reading', `${what} ${chat}`);
  }

  #checkChat(chat: Chat, what: 'asked' | 'left'): void {
    const now = this.#clock.now();
    const on = this.#turning ?? this.#on;
    if (!on && !this.#on) this.#broken('on', what);
    if (this.#turning === null && !this.#on) this.#broken('on', what);
    if (!this.#inScope(chat)) this.#broken('scope', `${what} ${chat}`);
    if ((this.#heldUntil.get(chat) ?? 0) > now) this.#broken('held', `${what} ${chat}`);
    if (this.#restrictedUntil > now) this.#broken('restricted', what);
    if (![...this.#written.values()].some((message) => message.chat === chat)) this.#broken('replies', chat);
  }

  /** `said`: what leaves; null where the agent is asked. */
  #checkIsNotAsking(chat: Chat, said: string | null): void {
    this.#learnAsking();
    if (this.#asking.has(chat) && !(said !== null && this.#saidWhileAsking.has(said)))
      this.#broken('asks', `${chat}: ${said}`);
  }

  /** Whether a chat asks is the agent's word, and whether that came in time is the conversation's: what ends it is the model's to say. */
  #learnAsking(): void {
    for (const { chatId, since } of this.#conversation.activity.asking) {
      const chat = chatId as unknown as Chat;
      if (this.#asking.has(chat)) continue;
      this.#asking.set(chat, since);
      this.#keptAsking.set(chat, since);
    }
  }

  #endAsking(chat: Chat): void {
    this.#asking.delete(chat);
    this.#keptAsking.delete(chat);
  }

  #checkAsking(): void {
    const asking = new Set(this.#conversation.activity.asking.map(({ chatId }) => chatId as unknown as Chat));
    for (const chat of CHATS)
      if (this.#asking.has(chat) && !asking.has(chat)) this.#broken('asks', `${chat} asks no longer`);
  }

  #inScope(chat: Chat): boolean {
    const rule = this.#rules.get(chat);
    if (rule !== null && rule !== undefined) return rule === 'answer';
    if (this.#scope === 'unknown-people') return this.#contactsKnown && chat !== SAVED;
    return this.#scope === 'everyone';
  }

  async #finish(): Promise<void> {
    this.#agentMood = 'quick';
    this.#lineMood = 'acks';
    this.#letGo();
    this.#conversation.linkOpened();
    this.#caughtUp = true;
    this.#conversation.caughtUp();
    await this.#advance(END_MS);
    const { busyChats, sending } = this.#conversation.activity;
    if (busyChats > 0 || sending > 0) this.#broken('outcome', `${busyChats} lanes and ${sending} sends are left`);
    const outcomes = await this.#store.outcomes.list(this.#agentId, { limit: 10_000 });
    for (const chat of CHATS) {
      const expected = [...this.#written.values()].filter((message) => message.chat === chat && message.admitted);
      const found = outcomes.filter(({ chatId }) => (chatId as unknown as Chat) === chat);
      const times = (list: readonly { readonly sentAt: number }[]): string =>
        list
          .map(({ sentAt }) => (sentAt - START) / SECOND)
          .sort((one, other) => one - other)
          .join(' ');
      if (times(expected) !== times(found)) this.#broken('outcome', `${chat}: ${times(expected)} but ${times(found)}`);
    }
    this.#checkAsking();
    await this.#conversation.stop();
  }

  #letGo(): void {
    for (const go of this.#hanging) go();
    this.#hanging.clear();
  }

  #wasOff(at: number): boolean {
    return this.#offTimes.some(({ from, until }) => from <= at && at < until);
  }

  #chatOf(ids: readonly string[]): Chat {
    const chats = new Set(ids.map((id) => this.#written.get(id)?.chat));
    const [chat] = chats;
    if (chats.size !== 1 || chat === undefined) this.#broken('replies', `${ids} of ${[...chats]}`);
    return chat;
  }

  #broken(rule: keyof typeof RULES, detail: string): never {
    const at = (this.#clock.now() - START) / SECOND;
    const broken = new RuleBroken(rule, `${detail} (at ${at} s, step ${this.#steps})`);
    this.#firstBroken ??= broken;
    throw broken;
  }

  /** What was broken first: a throw inside of the agent or the connection may be taken for a fault of theirs. */
  get broken(): RuleBroken | null {
    return this.#firstBroken;
  }
}

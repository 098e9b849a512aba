/** One agent, whole: its link, its conversation and its back end, tied together. The layers meet here and nowhere else. */
import type { AgentId } from '../../shared/chat.ts';
import type { Account, LinkReport } from '../../shared/status.ts';
import { createAgent } from '../agents/agent.ts';
import type { Clock, Random } from '../clock.ts';
import { Conversation } from '../conversation/conversation.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { AgentRecord } from '../store/agent-ledger.ts';
import type { LinkId } from '../store/link-ledger.ts';
import type { Store } from '../store/store.ts';
import type { Agent } from '../turn.ts';
import { newMessageId } from '../whatsapp/sending.ts';
import { ServerTime } from '../whatsapp/server-time.ts';
import { Session } from '../whatsapp/session.ts';
import { TrialTalk } from './trial-talk.ts';

export type RunningAgentDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  report(id: AgentId, report: LinkReport): void;
  /** Which other agent of this relay holds the number; the asking agent holds it from then on where none does. */
  holderOf(account: Account, asking: AgentId): AgentId | null;
  logOut(id: LinkId): void;
  /** Counts, the switch or the last fault moved. */
  changed(): void;
};

export class RunningAgent {
  readonly id: AgentId;
  readonly conversation: Conversation;
  readonly session: Session;
  readonly trial: TrialTalk;
  readonly #deps: RunningAgentDeps;
  #agent: Agent | null = null;

  constructor(id: AgentId, deps: RunningAgentDeps) {
    this.id = id;
    this.#deps = deps;
    const { store, clock, random, log, settings } = deps;
    const time = new ServerTime(clock);
    this.trial = new TrialTalk(id, { clock, random, log, settings });
    this.conversation = new Conversation(id, {
      store,
      clock,
      time,
      log,
      settings,
      agent: () => this.agent,
      random,
      sender: {
        prepare: (chatId) => this.session.prepare(chatId),
        typing: (chatId, writing) => this.session.showTyping(chatId, writing),
        markRead: (chatId, messageIds) => this.session.markRead(chatId, messageIds),
        send: (answer, limits) => this.session.send(answer, limits),
      },
      isSaved: (chatId, number) => this.session.addressBook.isSaved(chatId, number),
      newMessageId: () => newMessageId(random),
      changed: () => deps.changed(),
      needsLine: (needed) => this.session.watchLine(needed),
      restrictionMoved: () => this.session.restrictionMoved(),
      storeFailed: (error) => this.session.storeFailed(error),
    });
    this.session = new Session(id, {
      links: store.links,
      chats: store.chats,
      agents: store.agents,
      clock,
      time,
      random,
      log,
      settings,
      sentAnswer: (messageId) => store.outbox.sentAnswer(id, messageId),
      takeIn: (batch) => this.conversation.takeIn(batch),
      messageChanged: (change) => this.conversation.messageChanged(change),
      ownerSeen: (seen) => this.conversation.ownerSeen(seen),
      saidNothing: (chatId, messageId) => this.conversation.saidNothing(chatId, messageId),
      caughtUp: () => this.conversation.caughtUp(),
      addressBookChanged: () => {
        this.conversation
          .addressBookChanged()
          .catch((err: unknown) => log.error({ err }, 'chats could not be looked at again'));
      },
      restricted: (until) => {
        this.conversation
          .restricted(until)
          .catch((err: unknown) => log.error({ err }, 'a restriction could not be kept'));
      },
      numberGone: () => this.conversation.numberGone(),
      numberTaken: () => this.conversation.numberTaken(),
      restriction: () => this.conversation.restriction,
      report: (report) => this.#reported(report),
      holderOf: (account) => deps.holderOf(account, id),
      keepsText: (chatId, others) => this.conversation.keepsText(chatId, others),
      isOn: () => this.conversation.switch.on,
      united: (union) => this.conversation.united(union),
      logOut: (link) => deps.logOut(link),
    });
  }

  get agent(): Agent {
    if (!this.#agent) throw new Error('the agent was asked before it was configured');
    return this.#agent;
  }

  /** The conversation first: a link may bring messages at once. */
  async start(record: AgentRecord): Promise<void> {
    await this.configure(record);
    await this.session.addressBook.load();
    await this.conversation.start();
    await this.session.start();
  }

  /** The back end as the store has it now; questions under way end with the old one. */
  async configure(record: AgentRecord): Promise<void> {
    const { store, clock, random, log, settings } = this.#deps;
    const secret = await store.agents.secret(this.id);
    this.#agent = createAgent(record.backEnd, secret, { clock, random, settings, log, notes: store.agents });
    this.trial.configure(record.backEnd, secret);
  }

  /** Sends nothing more first, then hears nothing more. */
  async stop(): Promise<void> {
    await this.conversation.stop();
    await this.session.stop();
  }

  #reported(report: LinkReport): void {
    if (report.status === 'connected') this.conversation.linkOpened();
    else this.conversation.linkClosed();
    this.#deps.report(this.id, report);
  }
}

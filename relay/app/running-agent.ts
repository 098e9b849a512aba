/** One agent, whole: its link, its conversation and its back end, tied together. The layers meet here and nowhere else. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Account, LinkReport } from '../../shared/contract/status.ts';
import { createAgent } from '../agents/agent.ts';
import type { Clock, Random } from '../clock.ts';
import { Conversation } from '../conversation/conversation.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { AgentRecord } from '../store/agent-ledger.ts';
import type { LinkId } from '../store/link-ledger.ts';
import type { Store } from '../store/store.ts';
import type { Agent } from '../turn.ts';
import { Session } from '../whatsapp/link/session.ts';
import { ServerTime } from '../whatsapp/server-time.ts';
import { TrialTalk } from './trial-talk.ts';

export type RunningAgentDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  report(id: AgentId, report: LinkReport): void;
  /** Reserves a number for an agent; false where another agent of this relay holds it. */
  claim(account: Account, asking: AgentId): boolean;
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
    this.session = new Session(id, {
      links: store.links,
      chats: store.chats,
      agents: store.agents,
      clock,
      time,
      random,
      log,
      settings,
      inbound: () => this.conversation,
      sentAnswer: (messageId) => store.outbox.sentAnswer(id, messageId),
      report: (report) => deps.report(id, report),
      claim: (account) => deps.claim(account, id),
      logOut: (link) => deps.logOut(link),
    });
    this.conversation = new Conversation(id, {
      store,
      clock,
      time,
      random,
      log,
      settings,
      outbound: this.session.outgoing,
      agent: () => this.agent,
      changed: () => deps.changed(),
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
    const { backEnd, price } = record;
    const secret = await store.agents.secret(this.id);
    const knowledge = await store.knowledge.files(this.id);
    const deps = { clock, random, settings, log, knowledge, notes: store.agents };
    this.#agent = createAgent(backEnd, secret, deps, price);
    this.trial.configure(backEnd, { secret, price, knowledge });
  }

  /** Sends nothing more first, then hears nothing more. */
  async stop(): Promise<void> {
    await this.conversation.stop();
    await this.session.stop();
  }
}

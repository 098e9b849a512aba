/** A session on the real store against the simulated WhatsApp; what it takes in and reports is kept for the test. */
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { systemClock, systemRandom } from '../../relay/clock.ts';
import { Restriction } from '../../relay/conversation/restriction.ts';
import type { Inbound } from '../../relay/inbound.ts';
import { createLog } from '../../relay/log.ts';
import type { NumberSettings, Settings } from '../../relay/settings/catalogue.ts';
import type { ChatMessage } from '../../relay/store/chat-message.ts';
import type { Store } from '../../relay/store/store.ts';
import { repairServerTrust } from '../../relay/whatsapp/beyond-baileys/server-trust.ts';
import { Session, type SessionDeps } from '../../relay/whatsapp/link/session.ts';
import { Unlinking } from '../../relay/whatsapp/link/unlinking.ts';
import { ServerTime } from '../../relay/whatsapp/server-time.ts';
import type { AgentId } from '../../shared/contract/chat.ts';
import type { LinkReport, QrCode } from '../../shared/contract/status.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { fakeInbound } from './fake-inbound.ts';
import { testSettings } from './settings.ts';
import { testStore, withAgent } from './store.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export type Bench = {
  readonly session: Session;
  readonly store: Store;
  readonly taken: ChatMessage[];
  readonly reports: LinkReport[];
  /** Every code that was told of, with its text. */
  readonly codes: ShownCode[];
  readonly logged: () => string;
  stop(): Promise<void>;
};

/** A code on show, with its text. */
export type ShownCode = QrCode & { readonly text: string };

export type BenchOptions = {
  readonly agentId?: string;
  readonly home?: string;
  readonly store?: Store;
  readonly settings?: Partial<NumberSettings & Pick<Settings, 'passkeyLinking'>>;
  readonly deps?: Partial<SessionDeps>;
  readonly inbound?: Partial<Inbound>;
  /** Where WhatsApp is to be found, where something stands in between. */
  readonly url?: string;
};

/** Quick where the product is patient, so that a test does not wait. */
const QUICK: Partial<NumberSettings> = { backoffFirstSeconds: 0.05, connectSeconds: 5, querySeconds: 5, ackSeconds: 2 };

export async function startBench(whatsapp: WhatsApp, options: BenchOptions = {}): Promise<Bench> {
  repairServerTrust(whatsapp.rootKey);
  const home = options.home ?? temporaryDirectory();
  const agentId = (options.agentId ?? 'agt_ONE') as AgentId;
  const store = await withAgent(options.store ?? (await testStore(home)), agentId, Date.now());
  const settings = testSettings(
    home,
    { url: options.url ?? whatsapp.url, rootKey: whatsapp.rootKey },
    { ...QUICK, ...options.settings },
  );
  const lines: string[] = [];
  const destination = new PassThrough();
  destination.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const log = createLog('debug', destination);
  const taken: ChatMessage[] = [];
  const reports: LinkReport[] = [];
  const codes: ShownCode[] = [];
  const common = { links: store.links, clock: systemClock, random: systemRandom, log, settings };
  const unlinking: Unlinking = new Unlinking({ ...common, done: (_agent, confirmed) => session.loggedOut(confirmed) });
  const restriction = new Restriction(agentId, store.agents, systemClock);
  const inbound: Inbound = {
    ...fakeInbound({
      takeIn: async (batch) => void taken.push(...batch),
      restricted: async (until) => {
        if (await restriction.told(until)) session.outgoing.restrictionChanged();
      },
      ...options.inbound,
    }),
    get restriction() {
      return restriction.now;
    },
  };
  const session: Session = new Session(agentId, {
    ...common,
    time: new ServerTime(systemClock),
    chats: store.chats,
    agents: store.agents,
    inbound: () => inbound,
    sentAnswer: (id) => store.outbox.sentAnswer(agentId, id),
    report: (report) => {
      reports.push(report);
      if (report.qr) codes.push({ ...report.qr, text: session.code ?? '' });
    },
    claim: () => true,
    logOut: (id) => unlinking.begin(id),
    ...options.deps,
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await session.stop();
    await unlinking.stop();
    if (!options.store) await store.close();
  };
  onTestFinished(stop);
  await session.start();
  await unlinking.start();
  return { session, store, taken, reports, codes, logged: () => lines.join(''), stop };
}

/** Links the bench's agent to a person's number, as a person with a phone does. */
export async function linkTo(whatsapp: WhatsApp, bench: Bench, person: Person): Promise<void> {
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  await person.scan(bench.session.code ?? '');
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the link was online');
}

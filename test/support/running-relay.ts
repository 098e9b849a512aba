/** The whole relay in this process, against the simulated WhatsApp, spoken to through its local socket. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type RunningRelay, startRelay } from '../../relay/app/start-relay.ts';
import type { Clock } from '../../relay/clock.ts';
import type { NumberSettings } from '../../relay/settings/catalogue.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import type { LinkReport } from '../../shared/contract/status.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type LocalClient, localClient } from './local-client.ts';
import { DEFAULT_SOURCES, testSettings } from './settings.ts';
import { temporaryDirectory } from './temporary-directory.ts';

type AgentStatus = {
  readonly id: string;
  readonly name: string;
  readonly on: boolean;
  readonly link: LinkReport;
  readonly today: { readonly messages: number; readonly answers: number };
  readonly ignoredWhileOff: number;
  /** Answers that WhatsApp has not confirmed yet. */
  readonly sending: number;
  readonly lastFault: { readonly fault: string } | null;
  readonly now: { readonly heldChats: number };
};

export type RelayBench = {
  readonly home: string;
  readonly client: LocalClient;
  readonly port: number;
  status(agent: string): Promise<AgentStatus>;
  /** Scans the first code that an agent shows, and waits until it is connected. */
  link(agent: string, person: Person): Promise<void>;
  /** The codes that browsers have asked for, from now on, as its terminal would show them. */
  shownCodes(): readonly string[];
  stop(): Promise<void>;
};

/** Quick where the product is patient. */
const QUICK: Partial<NumberSettings> = {
  gatherSeconds: 0.25,
  backoffFirstSeconds: 0.05,
  connectSeconds: 10,
  querySeconds: 10,
  ackSeconds: 3,
  agentSeconds: 20,
  port: 0,
};

export async function startRelayBench(
  whatsapp: WhatsApp,
  options: {
    readonly home?: string;
    readonly settings?: Partial<NumberSettings>;
    readonly clock?: Clock;
    /** Where programs on this computer are looked for; nowhere, unless a test says so. */
    readonly places?: readonly Preset[];
  } = {},
): Promise<RelayBench> {
  const home = options.home ?? path.join(temporaryDirectory(), 'home');
  const settings = testSettings(
    home,
    { url: whatsapp.url, rootKey: whatsapp.rootKey },
    { ...QUICK, ...options.settings },
  );
  const relay: RunningRelay = await startRelay(settings, DEFAULT_SOURCES, options.clock, options.places ?? []);
  const client = await localClient(path.join(home, 'relay.sock'));
  const stop = async (): Promise<void> => {
    client.close();
    await relay.stop();
  };
  onTestFinished(stop);
  const status = async (agent: string): Promise<AgentStatus> => {
    const { agents } = await client.ask<{ agents: AgentStatus[] }>('status');
    const found = agents.find(({ name }) => name === agent);
    if (!found) throw new Error('there is no such agent');
    return found;
  };
  return {
    home,
    client,
    port: relay.port,
    status,
    shownCodes: () => {
      const shown: string[] = [];
      relay.showCodes(() => void client.ask<{ text: string }>('pair').then(({ text }) => shown.push(text)));
      return shown;
    },
    link: async (agent, person) => {
      const scans: Promise<unknown>[] = [];
      const report = await client.ask<LinkReport>('link', { agent }, (event) => {
        if (event.event === 'qr' && scans.length === 0) scans.push(person.scan(String(event.text)));
      });
      await Promise.all(scans);
      if (report.status !== 'connected') throw new Error(`linking ended ${report.status}: ${report.cause ?? ''}`);
    },
    stop,
  };
}

/**
 * A WhatsApp and an agent in one process of its own, with one clock: people, a phone that scans, a burst that was encrypted before it is sent,
 * and talks of a question and an answer. Spoken to over IPC.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { buffer } from 'node:stream/consumers';
import type { Person } from '../../simulator/people/person.ts';
import { startWhatsApp } from '../../simulator/whatsapp.ts';
import { type EncryptedCopy, encryptOnce } from '../../support/encrypted-copy.ts';

export type Order =
  /** `number`: whose phone scans; null: of the one whom everyone writes to. */
  | { readonly type: 'scan'; readonly code: string; readonly number: string | null }
  | { readonly type: 'prepare'; readonly messages: number; readonly contacts: number }
  /** Resolves when each message is confirmed by its receipt. */
  | { readonly type: 'burst' }
  /** One question after the other, each answered: how long to the agent, and from its answer to WhatsApp, ms. */
  | { readonly type: 'talk'; readonly questions: number }
  /** Resolves with the next login, epoch ms. */
  | { readonly type: 'login' };

export type Talk = { readonly asked: readonly number[]; readonly answered: readonly number[] };

export type Told =
  | { readonly url: string; readonly rootKey: string; readonly agentUrl: string }
  | { readonly done: Order['type']; readonly ms: number; readonly result: Talk | number | null };

const POLL_MS = 2;
const TALKERS = 10;

const whatsapp = await startWhatsApp({ port: 0, qr: { type: 'until-close', refs: 6 } });
// Every receipt is counted.
whatsapp.faults.lostConfirmations = 0;
const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
let copies: EncryptedCopy[] = [];

/** What happens next: the agent is asked, WhatsApp has an answer. */
let asked = Promise.withResolvers<number>();
let sent = Promise.withResolvers<number>();
let replied = 0;

const agent = createServer((request, response) => {
  void buffer(request).then(() => {
    asked.resolve(performance.now());
    replied = performance.now();
    response.setHeader('content-type', 'application/json');
    // Never the same twice: that would be left out.
    response.end(JSON.stringify({ output: `Sim, das 9 às 14 h. (${replied})` }));
  });
});
agent.listen(0, '127.0.0.1');
await once(agent, 'listening');

const record = whatsapp.recorded.sends.push.bind(whatsapp.recorded.sends);
whatsapp.recorded.sends.push = (...sends) => {
  sent.resolve(performance.now());
  return record(...sends);
};

let loggedIn = Promise.withResolvers<number>();
const login = whatsapp.recorded.logins.push.bind(whatsapp.recorded.logins);
whatsapp.recorded.logins.push = (...logins) => {
  loggedIn.resolve(Date.now());
  return login(...logins);
};

const tell = (told: Told): void => void process.send?.(told);

function person(number: string): Person {
  return whatsapp.people.find((each) => each.number === number) ?? whatsapp.account({ number });
}

function people(count: number): Person[] {
  return Array.from({ length: count }, (_none, at) => person(`55119777${String(at).padStart(5, '0')}`));
}

async function talk(questions: number): Promise<Talk> {
  const talkers = people(TALKERS);
  const all: { readonly asked: number[]; readonly answered: number[] } = { asked: [], answered: [] };
  for (let at = 0; at < questions; at++) {
    const from = talkers[at % TALKERS];
    if (!from) continue;
    const copy = await encryptOnce(from, ana, { conversation: `Vocês abrem no domingo? (${at})` });
    asked = Promise.withResolvers();
    sent = Promise.withResolvers();
    const began = performance.now();
    copy.deliver();
    all.asked.push((await asked.promise) - began);
    all.answered.push((await sent.promise) - replied);
  }
  // Each talker's first one makes a session, and looks up devices: that is once in a chat's life.
  return { asked: all.asked.slice(TALKERS), answered: all.answered.slice(TALKERS) };
}

async function carryOut(order: Order): Promise<Talk | number | null> {
  switch (order.type) {
    case 'scan':
      await (order.number === null ? ana : person(order.number)).scan(order.code);
      return null;
    case 'prepare': {
      const contacts = people(order.contacts);
      copies = [];
      for (let at = 0; at < order.messages; at++) {
        const from = contacts[at % contacts.length];
        if (from) copies.push(await encryptOnce(from, ana, { conversation: `Oi! Vocês abrem no domingo? (${at})` }));
      }
      return null;
    }
    case 'burst': {
      for (const copy of copies) copy.deliver();
      const [device] = ana.user.companions;
      while ((device?.unconfirmed ?? 1) > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      return null;
    }
    case 'talk':
      return talk(order.questions);
    case 'login':
      loggedIn = Promise.withResolvers();
      return loggedIn.promise;
  }
}

process.on('message', (order: Order) => {
  const began = performance.now();
  void carryOut(order).then((result) => tell({ done: order.type, ms: performance.now() - began, result }));
});
process.on('disconnect', () => process.exit(0));
tell({
  url: whatsapp.url,
  rootKey: Buffer.from(whatsapp.rootKey).toString('hex'),
  agentUrl: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/`,
});

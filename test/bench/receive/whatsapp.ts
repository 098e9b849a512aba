/** A WhatsApp in a process of its own: people, a phone that scans, and a burst that was encrypted before it is sent. Spoken to over IPC. */
import { performance } from 'node:perf_hooks';
import type { Person } from '../../simulator/people/person.ts';
import { startWhatsApp } from '../../simulator/whatsapp.ts';
import { type EncryptedCopy, encryptOnce } from '../../support/encrypted-copy.ts';

export type Order =
  | { readonly type: 'scan'; readonly code: string }
  | { readonly type: 'prepare'; readonly messages: number; readonly contacts: number }
  /** Resolves when each message is confirmed by its receipt. */
  | { readonly type: 'burst' };

export type Told =
  | { readonly url: string; readonly rootKey: string }
  | { readonly done: Order['type']; readonly ms: number };

const POLL_MS = 2;

const whatsapp = await startWhatsApp({ port: 0, qr: { type: 'until-close', refs: 6 } });
const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
let contacts: Person[] = [];
let copies: EncryptedCopy[] = [];

const tell = (told: Told): void => void process.send?.(told);

async function carryOut(order: Order): Promise<void> {
  switch (order.type) {
    case 'scan':
      await ana.scan(order.code);
      return;
    case 'prepare': {
      contacts = Array.from({ length: order.contacts }, (_none, at) =>
        whatsapp.contact({ number: `55119777${String(at).padStart(5, '0')}` }),
      );
      copies = [];
      for (let at = 0; at < order.messages; at++) {
        const from = contacts[at % contacts.length];
        if (from) copies.push(await encryptOnce(from, ana, { conversation: `Oi! Vocês abrem no domingo? (${at})` }));
      }
      return;
    }
    case 'burst': {
      for (const copy of copies) copy.deliver();
      const [device] = ana.user.companions;
      while ((device?.unconfirmed ?? 1) > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

process.on('message', (order: Order) => {
  const began = performance.now();
  void carryOut(order).then(() => tell({ done: order.type, ms: performance.now() - began }));
});
process.on('disconnect', () => process.exit(0));
tell({ url: whatsapp.url, rootKey: Buffer.from(whatsapp.rootKey).toString('hex') });

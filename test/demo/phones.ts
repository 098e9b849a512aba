/** The people of the demo with their phones, and what each phone shows. Everything here is read from the simulated phones themselves. */

import * as content from '../simulator/people/message-content.ts';
import type { Person } from '../simulator/people/person.ts';
import type { ReceivedMessage } from '../simulator/people/received-message.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import type { Bubble } from './frames.ts';
import type { PersonName } from './words/demo-words.ts';

export const CONTACTS = ['caio', 'bia', 'mother'] as const satisfies readonly PersonName[];

const NUMBERS: Readonly<Record<PersonName, string>> = {
  ana: '5511999990001',
  caio: '5511988880001',
  bia: '5511988880002',
  mother: '5511988880003',
};

/** As long a message stands there before it counts as read. */
const READING_MS = 700;

type Shown = Omit<Bubble, 'ticks'>;
type Talk = { readonly owner: Shown[]; readonly other: Shown[] };
type Reading = { readonly owner: readonly Bubble[]; readonly other: readonly Bubble[] };

export class Phones {
  readonly #whatsapp: WhatsApp;
  readonly #people: Readonly<Record<PersonName, Person>>;
  readonly #talks = new Map<PersonName, Talk>(CONTACTS.map((name) => [name, { owner: [], other: [] }]));
  /** What was read: it is told once. */
  readonly #seen = new Set<string>();
  /** Messages that belong to an earlier story. */
  readonly #past = new Set<string>();

  constructor(whatsapp: WhatsApp, names: Readonly<Record<PersonName, string>>) {
    this.#whatsapp = whatsapp;
    const account = (name: PersonName): Person => whatsapp.account({ number: NUMBERS[name], name: names[name] });
    this.#people = { ana: account('ana'), caio: account('caio'), bia: account('bia'), mother: account('mother') };
    whatsapp.saveContact(this.#people.ana, this.#people.mother, names.mother);
  }

  person(name: PersonName): Person {
    return this.#people[name];
  }

  async write(by: PersonName, to: PersonName, text: string): Promise<void> {
    const at = Date.now();
    const { id } = await this.person(by).write(this.person(to), text);
    this.#wrote(by, to, { id, kind: 'text', text, at });
  }

  async sendVoice(by: PersonName): Promise<void> {
    const file = this.#whatsapp.media.keep('Audio', Buffer.from('seven seconds of nothing'));
    const at = Date.now();
    const { id } = await this.person(by).send(this.person('ana'), content.voiceNote(file));
    this.#wrote(by, 'ana', { id, kind: 'voice', text: '', at });
  }

  /** What the two phones of a chat show now, oldest first. */
  talk(name: PersonName): Reading {
    const { owner, other } = this.#talk(name);
    const { ana } = this.#people;
    return {
      owner: this.#ticked(owner, ['owner', 'agent'], this.person(name)),
      other: this.#ticked(other, ['contact'], ana),
    };
  }

  #talk(name: PersonName): Talk {
    const talk = this.#talks.get(name) ?? { owner: [], other: [] };
    const { ana } = this.#people;
    const other = this.person(name);
    this.#take(
      talk.owner,
      ana.received.filter(({ chat }) => chat === other.number),
      () => 'contact',
    );
    this.#take(
      talk.owner,
      ana.sentElsewhere.filter(({ chat }) => chat === other.number),
      () => 'agent',
    );
    this.#take(talk.other, other.received, ({ fromDevice }) => (fromDevice === 0 ? 'owner' : 'agent'));
    return talk;
  }

  /** Empty screens for a new beginning. */
  clear(): void {
    for (const name of CONTACTS) {
      const { owner, other } = this.#talk(name);
      for (const { id } of [...owner.splice(0), ...other.splice(0)]) this.#past.add(id);
    }
  }

  /** Somebody looks at their chat with the owner: what has stood there for a moment has been read. */
  look(name: PersonName): void {
    for (const { id, by, at } of this.#talk(name).other) {
      if (by === 'contact' || this.#seen.has(id) || Date.now() - at < READING_MS) continue;
      this.#seen.add(id);
      this.person(name).showMessage(id);
    }
  }

  /** Who is told that an answer is being written; null where nobody is. */
  typingTo(): PersonName | null {
    const last = this.#whatsapp.recorded.typing.findLast(({ number }) => number === NUMBERS.ana);
    if (last?.type !== 'composing') return null;
    const isOf = ({ number, user }: Person): boolean =>
      last.to.startsWith(`${user.lid}@`) || last.to.startsWith(`${number}@`);
    return CONTACTS.find((name) => isOf(this.person(name))) ?? null;
  }

  #ticked(shown: readonly Shown[], mine: readonly Bubble['by'][], reader: Person): readonly Bubble[] {
    const receipts = this.#whatsapp.recorded.receipts.filter(({ number }) => number === reader.number);
    const read = new Set(receipts.filter(({ type }) => type === 'read').flatMap(({ ids }) => ids));
    const delivered = new Set(receipts.filter(({ type }) => type !== 'retry').flatMap(({ ids }) => ids));
    const ticksOf = (id: string): Bubble['ticks'] => (read.has(id) ? 'read' : delivered.has(id) ? 'delivered' : 'sent');
    return shown.map((bubble) => ({ ...bubble, ticks: mine.includes(bubble.by) ? ticksOf(bubble.id) : null }));
  }

  #wrote(by: PersonName, to: PersonName, bubble: Omit<Shown, 'by'>): void {
    if (by === 'ana') this.#talks.get(to)?.owner.push({ ...bubble, by: 'owner' });
    else this.#talks.get(by)?.other.push({ ...bubble, by: 'contact' });
  }

  #take(shown: Shown[], messages: readonly ReceivedMessage[], by: (message: ReceivedMessage) => Bubble['by']): void {
    for (const message of messages) {
      const { id, text, kind } = message;
      if (this.#past.has(id) || shown.some((each) => each.id === id)) continue;
      shown.push({ id, by: by(message), kind: kind === 'audioMessage' ? 'voice' : 'text', text, at: Date.now() });
    }
  }
}

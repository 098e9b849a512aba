/** The files of the agent in the form: those that the relay keeps, and what somebody adds and takes away until the form is saved. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { addKnowledge, listKnowledge, removeKnowledge } from '../../shared/contract/commands/knowledge-commands.ts';
import {
  fileNameOf,
  type KnownFile,
  MOST_FILE_BYTES,
  MOST_FILES,
  MOST_KNOWLEDGE_BYTES,
} from '../../shared/contract/knowledge.ts';
import { tokensIn } from '../../shared/rules/brief.ts';
import { filePartsOf, textBytes, textOfFile } from '../../shared/rules/file-text.ts';
import type { Ask, CommandFault } from '../relay-connection/command-asking.ts';

/** A browser hands this over for a file that somebody chose. */
export type ChosenFile = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

export type ShownFile = KnownFile & { readonly isNew: boolean };

/** Why a file was not taken. */
export type FileProblem = {
  readonly name: string;
  readonly why: 'notText' | 'tooLarge' | 'empty' | 'tooMany' | 'unreadable';
};

type Picked = KnownFile & { readonly text: string };

export class KnowledgeFiles {
  readonly problem: Signal<FileProblem | null> = signal(null);
  /** The relay could not tell which files it has, and why. */
  readonly fault: Signal<CommandFault | null> = signal(null);
  /** The file that is on its way, and how far. */
  readonly sending: Signal<{ readonly name: string; readonly percent: number } | null> = signal(null);
  /** As they will be once the form is saved. */
  readonly shown: ReadonlySignal<readonly ShownFile[]>;
  readonly tokens: ReadonlySignal<number>;
  readonly #ask: Ask;
  readonly #kept: Signal<readonly KnownFile[]> = signal([]);
  readonly #picked: Signal<readonly Picked[]> = signal([]);
  readonly #removed: Signal<readonly string[]> = signal([]);
  #begun = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
    this.shown = computed(() => [
      ...this.#kept.value
        .filter(({ name }) => !this.#removed.value.includes(name) && !named(this.#picked.value, name))
        .map((file) => ({ ...file, isNew: false })),
      ...this.#picked.value.map(({ name, bytes, tokens }) => ({ name, bytes, tokens, isNew: true })),
    ]);
    this.tokens = computed(() => this.shown.value.reduce((sum, { tokens }) => sum + tokens, 0));
  }

  /** `agent`: null for one that is not added yet. */
  async begin(agent: string | null): Promise<void> {
    this.#begun += 1;
    const begun = this.#begun;
    this.#kept.value = [];
    this.#picked.value = [];
    this.#removed.value = [];
    this.problem.value = null;
    this.fault.value = null;
    if (agent === null) return;
    const reply = await this.#ask(listKnowledge, { agent });
    if (begun !== this.#begun) return;
    this.fault.value = reply.ok ? null : reply.fault;
    if (reply.ok) this.#kept.value = reply.result.files;
  }

  /** Takes those that can be taken; the first that cannot is told. */
  async pick(files: readonly ChosenFile[]): Promise<void> {
    this.problem.value = null;
    for (const file of files) {
      const name = fileNameOf(file.name);
      const read = await readFile(file);
      const problem = typeof read === 'string' ? read : this.#noRoomFor(name, read.bytes);
      if (typeof read === 'string' || problem !== null) {
        this.problem.value ??= problem && { name, why: problem };
        continue;
      }
      this.#picked.value = [...this.#picked.value.filter((each) => each.name !== name), { name, ...read }];
    }
  }

  remove(name: string): void {
    this.problem.value = null;
    if (named(this.#kept.value, name)) this.#removed.value = [...this.#removed.value, name];
    this.#picked.value = this.#picked.value.filter((file) => file.name !== name);
  }

  /** Has the relay keep what stands here. What was kept before something failed stays kept. */
  async store(agent: string): Promise<CommandFault | null> {
    for (const name of this.#removed.value) {
      const reply = await this.#ask(removeKnowledge, { agent, name });
      // Somebody else has removed it.
      if (!reply.ok && reply.fault.code !== 'no-such-file') return reply.fault;
      this.#kept.value = this.#kept.value.filter((file) => file.name !== name);
    }
    this.#removed.value = [];
    for (const file of this.#picked.value) {
      const fault = await this.#send(agent, file);
      if (fault) return fault;
    }
    return null;
  }

  async #send(agent: string, { name, text }: Picked): Promise<CommandFault | null> {
    try {
      for (const part of filePartsOf(text)) {
        this.sending.value = { name, percent: Math.round((part.at / text.length) * 100) };
        const reply = await this.#ask(addKnowledge, { agent, name, of: text.length, ...part });
        if (!reply.ok) return reply.fault;
        if (part.at + part.text.length === text.length) this.#kept.value = reply.result.files;
      }
      this.#picked.value = this.#picked.value.filter((file) => file.name !== name);
      return null;
    } finally {
      this.sending.value = null;
    }
  }

  #noRoomFor(name: string, bytes: number): FileProblem['why'] | null {
    const others = this.shown.value.filter((file) => file.name !== name);
    const all = others.reduce((sum, file) => sum + file.bytes, bytes);
    return others.length >= MOST_FILES || all > MOST_KNOWLEDGE_BYTES ? 'tooMany' : null;
  }
}

async function readFile(file: ChosenFile): Promise<Omit<Picked, 'name'> | FileProblem['why']> {
  // Twice as many bytes where each letter has two.
  if (file.size > 2 * MOST_FILE_BYTES) return 'tooLarge';
  let content: Uint8Array;
  try {
    content = new Uint8Array(await file.arrayBuffer());
  } catch {
    // It was moved or taken away since it was chosen: the browser says no more.
    return 'unreadable';
  }
  const text = textOfFile(content);
  if (text === null) return 'notText';
  if (text.trim() === '') return 'empty';
  const bytes = textBytes(text);
  return bytes > MOST_FILE_BYTES ? 'tooLarge' : { text, bytes, tokens: tokensIn(text) };
}

function named(files: readonly KnownFile[], name: string): boolean {
  return files.some((file) => file.name === name);
}

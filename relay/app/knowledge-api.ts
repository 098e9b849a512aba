/** The files that an agent's model reads: taken in part by part, kept whole or not at all. */
import {
  isPlainText,
  type KnownFile,
  MOST_FILE_BYTES,
  MOST_FILES,
  MOST_KNOWLEDGE_BYTES,
} from '../../shared/contract/knowledge.ts';
import { tokensIn } from '../../shared/rules/brief.ts';
import { textBytes } from '../../shared/rules/file-text.ts';
import { readsFiles } from '../agents/agent.ts';
import { CommandError } from '../api/command-error.ts';
import type { KnowledgeApi, SentPart } from '../api/relay-api.ts';
import type { AgentRecord } from '../store/agent-ledger.ts';
import type { KnowledgeFile } from '../store/knowledge-ledger.ts';
import type { Store } from '../store/store.ts';
import type { ChangeLock } from './change-lock.ts';

type Draft = { readonly name: string; readonly text: string };

export type KnowledgeDeps = {
  readonly store: Pick<Store, 'knowledge'>;
  readonly locks: ChangeLock;
  /** Files on their way, the latest of each agent. */
  readonly drafts: Map<AgentRecord['id'], Draft>;
};

/** `changed`: what the agent knows is another thing now. */
export function knowledgeApi(
  id: AgentRecord['id'],
  present: () => Promise<AgentRecord>,
  changed: () => Promise<void>,
  { store, locks, drafts }: KnowledgeDeps,
): KnowledgeApi {
  const list = async () => ({
    files: (await store.knowledge.files(id)).map(shown),
    reads: readsFiles((await present()).backEnd),
  });
  return {
    list,
    add: (part) =>
      locks.beside(async () => {
        if (!readsFiles((await present()).backEnd)) throw readsNoFiles();
        const text = `${textBefore(drafts.get(id) ?? null, part)}${part.text}`;
        drafts.set(id, { name: part.name, text });
        if (text.length < part.of) return list();
        drafts.delete(id);
        if (text.length > part.of || !isPlainText(text)) throw broken();
        requireRoom(await store.knowledge.files(id), { name: part.name, text });
        await store.knowledge.put(id, { name: part.name, text });
        await changed();
        return list();
      }),
    remove: (name) =>
      locks.beside(async () => {
        if (!(await store.knowledge.remove(id, name)))
          throw new CommandError('no-such-file', 'There is no file of that name.', 'See which there are.');
        await changed();
        return list();
      }),
  };
}

function shown({ name, text }: KnowledgeFile): KnownFile {
  return { name, bytes: textBytes(text), tokens: tokensIn(text) };
}

function textBefore(draft: Draft | null, { name, at }: SentPart): string {
  if (at === 0) return '';
  if (draft?.name !== name || draft.text.length !== at) throw broken();
  return draft.text;
}

function requireRoom(files: readonly KnowledgeFile[], file: KnowledgeFile): void {
  const others = files.filter(({ name }) => name !== file.name);
  const bytes = textBytes(file.text);
  const all = others.reduce((sum, { text }) => sum + textBytes(text), bytes);
  if (bytes <= MOST_FILE_BYTES && all <= MOST_KNOWLEDGE_BYTES && others.length < MOST_FILES) return;
  throw new CommandError(
    'files-too-large',
    'The files are too large, or too many.',
    `A file may have ${MOST_FILE_BYTES / 1_024} kB, all together ${MOST_KNOWLEDGE_BYTES / 1_024} kB, in ${MOST_FILES} files.`,
  );
}

function broken(): CommandError {
  return new CommandError('file-broken', 'The file did not come whole.', 'Add it again; nothing was changed.');
}

function readsNoFiles(): CommandError {
  return new CommandError(
    'reads-no-files',
    'This kind of agent reads no files of Recado.',
    'Put them where the agent was made.',
  );
}

/** Commands about the files that an agent's model reads with every question. */
import * as v from 'valibot';
import { FileNameSchema, isPlainText, KnowledgeFileSchema, MOST_FILE_BYTES, PART_LENGTH } from '../knowledge.ts';
import { agent, command, named, OF_AGENT, type ReplyOf } from './command.ts';

const known = v.object({
  ...named.entries,
  files: v.array(KnowledgeFileSchema),
  /** False where the agent is of a kind that reads no files. */
  reads: v.boolean(),
});

export const listKnowledge = command('knowledge', { agent }, known, OF_AGENT);

const length = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_FILE_BYTES));

/**
 * A part of a file: `at` so many UTF-16 units before it, `of` so many in all. Parts come one after the other; with the last the file is
 * kept, in the place of another of its name. Nothing is kept of one that does not come whole.
 */
export const addKnowledge = command(
  'knowledge.add',
  {
    agent,
    name: FileNameSchema,
    at: length,
    of: length,
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(PART_LENGTH), v.check(isPlainText)),
  },
  known,
  [...OF_AGENT, 'reads-no-files', 'files-too-large', 'file-broken'],
);

export const removeKnowledge = command('knowledge.remove', { agent, name: v.string() }, known, [
  ...OF_AGENT,
  'no-such-file',
]);

export type Knowledge = ReplyOf<typeof listKnowledge>;

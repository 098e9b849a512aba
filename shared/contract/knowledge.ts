/** Files of text that an agent's model reads with every question: their bounds, and how they travel. */
import * as v from 'valibot';

/** Of one file, in UTF-8. */
export const MOST_FILE_BYTES = 65_536;
/** Of all files of an agent together: more than that no model reads with every question. */
export const MOST_KNOWLEDGE_BYTES = 262_144;
export const MOST_FILES = 20;
/** A part of a file in one request, in UTF-16 units: three bytes each at the most, and a request takes 16 KiB. */
export const PART_LENGTH = 4_000;

const MOST_FILE_NAME = 100;
/** What a name would be mistaken by where it stands in a prompt or on a screen. */
const NO_NAME = /[<>"\p{Cc}\p{Cf}]/gu;
/** Characters that nobody writes who means text; a form feed parts pages. */
const NO_TEXT = /(?![\t\n\f\r])\p{Cc}/u;

/** True if it is a text, and not the bytes of something else. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !NO_TEXT.test(text);
}

/** The name of a file as it is kept. */
export function fileNameOf(name: string): string {
  return name.replace(NO_NAME, '_').trim().slice(-MOST_FILE_NAME).toWellFormed() || '_';
}

export const FileNameSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MOST_FILE_NAME),
  v.check((name) => fileNameOf(name) === name),
);

export const KnowledgeFileSchema = v.object({
  name: v.string(),
  bytes: v.number(),
  /** About so many, with every answer. */
  tokens: v.number(),
});
export type KnownFile = Readonly<v.InferOutput<typeof KnowledgeFileSchema>>;

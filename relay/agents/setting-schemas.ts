/** Schemas that several back ends' settings share. Each carries its meaning, which becomes the field's description. */
import * as v from 'valibot';
import type { SettingProblem } from '../../shared/contract/setting-problem.ts';
import { problemWithUrl, withScheme } from './address.ts';

/** A field's use, where its name alone must not decide: the key goes to an `address`; `sentences` are written in a wide field; the `model` is named beside the agent; `days` of the week are ticked. */
export const FIELD_ROLES = ['address', 'sentences', 'model', 'days'] as const;
export type FieldRole = (typeof FIELD_ROLES)[number];
export type Meant = { readonly role: FieldRole };

/** The message of a schema: a code that is put to words where it is shown. */
export function wrong(code: SettingProblem): SettingProblem {
  return code;
}

/** An agent's address. Whether private addresses are allowed stands in another field: the adapter judges both together. */
export function urlText(meaning: string) {
  return v.pipe(
    v.string(wrong('not-a-text')),
    v.trim(),
    v.transform(withScheme),
    v.check(
      (text) => problemWithUrl(text, true) === null,
      (issue) => problemWithUrl(issue.input, true) ?? '',
    ),
    v.description(meaning),
    v.metadata({ role: 'address' } satisfies Meant),
  );
}

/** The explicit yes to unencrypted http inside the private network, for this agent alone. */
export const allowPrivateHttp = yesOrNo(
  'yes to http:// at a private address (a computer in the next room, a container), unencrypted',
);

/** No unless the owner says yes. */
export function yesOrNo(meaning: string) {
  return v.optional(v.pipe(v.boolean(wrong('not-yes-or-no')), v.description(meaning)), false);
}

export function textOr(fallback: string, meaning: string) {
  return v.optional(v.pipe(v.string(wrong('not-a-text')), v.description(meaning)), fallback);
}

/** Written in sentences. */
export function sentencesOr(fallback: string, meaning: string) {
  return v.optional(
    v.pipe(v.string(wrong('not-a-text')), v.description(meaning), v.metadata({ role: 'sentences' } satisfies Meant)),
    fallback,
  );
}

/** Words that ship with the relay unless the owner has said it in their own; null: those that ship. */
export function ownSentences(meaning: string) {
  return v.optional(
    v.nullable(
      v.pipe(
        v.string(wrong('not-a-text')),
        v.maxLength(4_000, wrong('too-long')),
        v.description(meaning),
        v.metadata({ role: 'sentences' } satisfies Meant),
      ),
    ),
    null,
  );
}

/** A model's name, as its server calls it. */
export function modelText(meaning: string) {
  return v.pipe(
    v.string(wrong('not-a-text')),
    v.trim(),
    v.nonEmpty(wrong('empty')),
    v.description(meaning),
    v.metadata({ role: 'model' } satisfies Meant),
  );
}

export function requiredText(meaning: string) {
  return v.pipe(v.string(wrong('not-a-text')), v.trim(), v.nonEmpty(wrong('empty')), v.description(meaning));
}

/** By hand: the pattern for it would look again at every slash of a run. */
function withoutEndingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

/** An address with a path put behind its own, whether or not that ends in a slash. Its query stays; a fragment does not. */
export function joinUrl(base: string, path: string): string {
  const url = new URL(base);
  url.pathname = `${withoutEndingSlashes(url.pathname)}/${path.replace(/^\/+/, '')}`;
  url.hash = '';
  return url.href;
}

/** An address without the last part of its path, where that is one of `ends`: people paste the whole of what a manual shows. */
export function withoutEnd(address: string, ends: readonly string[]): string {
  const url = new URL(address);
  const path = withoutEndingSlashes(url.pathname);
  const end = ends.find((each) => path.endsWith(`/${each}`));
  if (end === undefined) return address;
  url.pathname = path.slice(0, -end.length);
  return url.href;
}

/** Schemas that several back ends' settings share. Each carries its meaning, which becomes the field's description. */
import * as v from 'valibot';
import { problemWithUrl } from './address.ts';

/** An agent's address. Whether private addresses are allowed stands in another field: the adapter judges both together. */
export function urlText(meaning: string) {
  return v.pipe(
    v.string('must be a text'),
    v.trim(),
    v.check(
      (text) => problemWithUrl(text, true) === null,
      (issue) => problemWithUrl(issue.input, true) ?? '',
    ),
    v.description(meaning),
  );
}

/** The explicit yes to unencrypted http inside the private network, for this agent alone. */
export const allowPrivateHttp = yesOrNo(
  'yes to http:// at a private address (a computer in the next room, a container), unencrypted',
);

/** No unless the owner says yes. */
export function yesOrNo(meaning: string) {
  return v.optional(v.pipe(v.boolean('must be true or false'), v.description(meaning)), false);
}

export function textOr(fallback: string, meaning: string) {
  return v.optional(v.pipe(v.string('must be a text'), v.description(meaning)), fallback);
}

export function requiredText(meaning: string) {
  return v.pipe(v.string('must be a text'), v.trim(), v.nonEmpty('must not be empty'), v.description(meaning));
}

/** By hand: the pattern for it would look again at every slash of a run. */
function withoutEndingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

/** An address with a path put behind it, whether or not it ends in a slash. */
export function joinUrl(base: string, path: string): string {
  return `${withoutEndingSlashes(base)}/${path.replace(/^\/+/, '')}`;
}

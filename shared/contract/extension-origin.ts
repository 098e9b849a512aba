/** The Origin that a browser writes into every request of an extension's pages. */
import * as v from 'valibot';

/** Chromium: an id of 32 letters a–p. Firefox: one UUID a profile. */
const SHAPE = /^(chrome-extension:\/\/[a-p]{32}|moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const ExtensionOriginSchema = v.pipe(v.string(), v.regex(SHAPE));

export function isExtensionOrigin(text: string): boolean {
  return SHAPE.test(text);
}

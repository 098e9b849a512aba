/** What can be wrong with a setting of an agent: a closed list, each with the words that follow the field's name. In other languages they stand in locales/. */
export const SETTING_PROBLEMS = {
  missing: 'is missing',
  empty: 'must not be empty',
  'unused-key': 'is not used by this back end',
  'key-characters': 'holds characters that no header can carry; was it copied whole, and nothing else?',
  unknown: 'is no setting of this back end',
  'not-an-object': 'must be an object of settings',
  'not-a-text': 'must be a text',
  'not-yes-or-no': 'must be true or false',
  'not-a-number': 'must be a number',
  'address-incomplete': 'must be a whole address such as https://example.com/v1',
  'address-scheme': 'must start with https:// (or http:// on this computer)',
  'address-with-password': 'must not carry a user name or password: store those as the key',
  'address-of-nobody': 'the address belongs to no agent (link-local, multicast or unspecified)',
  'address-public-http': 'http:// to the public network would send everything unencrypted: use https://',
  'address-private-http': 'http:// to a private address needs allowPrivateHttp = true for this agent',
  'key-use': 'must be signature, header or basic',
  'header-name': 'must be the name of a header',
  'header-taken': 'must be a header of your own: this one belongs to the request itself',
  'time-of-day': 'must be a time of day such as 22:00',
  'too-long': 'must be shorter',
  'too-small': 'must be at least 1',
  'too-large': 'must be at most 8760',
  'no-word': 'needs a word',
  rules: 'must be a list of { words, answer }',
  'too-many-rules': 'must have at most 200 rules',
  language: 'must be one of pt-BR, en, es',
  other: 'cannot be used',
} as const;

export type SettingProblem = keyof typeof SETTING_PROBLEMS;

const BY_WORDS: ReadonlyMap<string, SettingProblem> = new Map(
  Object.entries(SETTING_PROBLEMS).map(([code, words]) => [words, code as SettingProblem]),
);

/** The code behind a problem's words. */
export function settingProblemOf(words: string): SettingProblem {
  return BY_WORDS.get(words) ?? 'other';
}

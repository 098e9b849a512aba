/** What can be wrong with a setting of an agent: a closed list, each with its words in locales/. Never quotes what was entered. */
export const SETTING_PROBLEMS = [
  'missing',
  'empty',
  'unused-key',
  'key-characters',
  'unknown',
  'not-an-object',
  'not-a-text',
  'not-yes-or-no',
  'not-a-number',
  'address-incomplete',
  'address-scheme',
  'address-with-password',
  'address-of-nobody',
  'address-of-no-flow',
  'address-public-http',
  'address-private-http',
  'key-use',
  'header-name',
  'header-taken',
  'time-of-day',
  'too-long',
  'too-small',
  'too-large',
  'no-word',
  'rules',
  'too-many-rules',
  'language',
  'other',
] as const;

export type SettingProblem = (typeof SETTING_PROBLEMS)[number];

export function isSettingProblem(code: string): code is SettingProblem {
  return SETTING_PROBLEMS.some((problem) => problem === code);
}

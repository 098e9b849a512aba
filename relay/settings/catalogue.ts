/**
 * Every duration, count and choice of the relay: meaning, unit, default, bounds. One table:
 * flags, environment names, the settings file, `recado settings` and the docs are derived from it.
 * `qrSeconds` is `--qr-seconds`, `RECADO_QR_SECONDS` and "qrSeconds" in settings.json.
 */

import { DEFAULT_PORT } from '../../shared/contract/port.ts';
import { LANGUAGE_CODES, type Language } from '../../shared/locales/languages.ts';

export type NumberSetting = {
  readonly kind: 'number';
  readonly unit: 'seconds' | 'minutes' | 'days' | 'count' | 'factor' | 'KiB' | 'port';
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly meaning: string;
  /** The bounds of a brake with a simulated WhatsApp; with the real one it may only be made stricter. */
  readonly simulated?: { readonly least: number; readonly most: number };
};

const LOOSE = { least: 0, most: 1_000_000 };

function duration(unit: 'seconds' | 'minutes' | 'days', value: number, most: number, meaning: string): NumberSetting {
  return { kind: 'number', unit, default: value, least: 0, most, whole: false, meaning };
}

function count(value: number, least: number, most: number, meaning: string): NumberSetting {
  return { kind: 'number', unit: 'count', default: value, least, most, whole: true, meaning };
}

export const NUMBER_SETTINGS = {
  qrSeconds: duration('seconds', 45, 600, 'how long one QR code is shown'),
  qrCodes: count(10, 1, 100, 'codes per attempt to link'),
  qrGraceSeconds: duration('seconds', 5, 60, 'how long a replaced code still works'),
  panelGraceSeconds: duration('seconds', 10, 600, 'how long an attempt outlives its closed panel'),
  connectSeconds: duration('seconds', 20, 300, 'how long WhatsApp may take to open a connection'),
  keepAliveSeconds: duration('seconds', 30, 300, 'how often a silent line is probed'),
  querySeconds: duration('seconds', 60, 300, 'how long WhatsApp may take to answer a query'),
  ackSeconds: duration(
    'seconds',
    20,
    300,
    "how long WhatsApp's receipt of an answer is waited for before it is sent again",
  ),
  backoffFirstSeconds: duration('seconds', 2, 3_600, 'the wait before the first reconnect'),
  backoffFactor: {
    kind: 'number',
    unit: 'factor',
    default: 1.8,
    least: 1,
    most: 10,
    whole: false,
    meaning: 'how much longer each further wait is',
  },
  backoffMostSeconds: duration('seconds', 300, 86_400, 'the longest wait between reconnects'),
  stableSeconds: duration('seconds', 60, 86_400, 'how long a connection must hold before the waits start over'),
  outdatedMinutes: duration(
    'minutes',
    45,
    1_440,
    'the wait before asking again when WhatsApp calls this version out of date',
  ),
  unlinkDays: duration('days', 14, 365, 'how long a logout that WhatsApp did not confirm is tried'),
  gatherSeconds: duration('seconds', 2, 600, 'how long after the last message of a burst the agent is asked'),
  piecesSeconds: duration(
    'seconds',
    10,
    60,
    'how long after the last message of a chat its answer leaves at the soonest: who writes in pieces gets one answer',
  ),
  freshMinutes: duration('minutes', 10, 1_440, 'older messages are read but not answered'),
  takeoverMinutes: duration(
    'minutes',
    15,
    10_080,
    'how long the agent keeps out of a chat in which the owner wrote, or which they took (15 where this is 0)',
  ),
  giveUpMinutes: duration('minutes', 10, 1_440, 'an answer that could not be sent by then is dropped'),
  paceSeconds: duration('seconds', 12, 60, 'the longest that writing an answer may seem to take; 0 sends at once'),
  gapSeconds: duration('seconds', 0.5, 60, 'the least time between two messages that leave'),
  agentSeconds: duration('seconds', 60, 600, 'how long an agent may think'),
  agentRetries: count(2, 0, 10, 'further tries where an agent could not be reached'),
  agentCalls: count(4, 1, 64, 'agents asked at the same time'),
  agentBodyKib: {
    kind: 'number',
    unit: 'KiB',
    default: 256,
    least: 1,
    most: 10_240,
    whole: true,
    meaning: "the longest body an agent's answer may have",
  },
  contextLines: count(40, 1, 1_000, 'earlier lines of a chat that the agent is shown'),
  answerCharacters: count(4_000, 1, 65_536, 'the longest answer that is sent'),
  answerTexts: count(5, 1, 20, 'the most messages one answer may be cut into'),
  dailyAnswers: count(200, 0, 100_000, 'answers per agent and day before the switch goes off'),
  dailyTokens: count(100_000, 0, 1_000_000_000, 'tokens per agent and day before the switch goes off'),
  brakeShortAnswers: { ...count(6, 1, 6, 'answers per chat in the short window before the brake'), simulated: LOOSE },
  brakeShortSeconds: {
    ...duration('seconds', 90, 3_600, 'the short window of the brake'),
    least: 90,
    simulated: LOOSE,
  },
  brakeLongAnswers: { ...count(30, 1, 30, 'answers per chat in the long window before the brake'), simulated: LOOSE },
  brakeLongMinutes: {
    ...duration('minutes', 10, 1_440, 'the long window of the brake'),
    least: 10,
    simulated: LOOSE,
  },
  brakeHourAnswers: { ...count(24, 1, 24, 'answers per chat and hour before the brake'), simulated: LOOSE },
  brakeLoopTurns: { ...count(8, 4, 8, "turns like a program's in a chat before the brake"), simulated: LOOSE },
  chatTokensPercent: count(50, 1, 100, "percent of the day's tokens that one chat may take"),
  brakeMinutes: { ...duration('minutes', 15, 1_440, 'how long a braked chat rests'), least: 15, simulated: LOOSE },
  keepTextsDays: duration('days', 30, 3_650, 'how long texts are kept for the conversation'),
  keepIdsDays: duration('days', 14, 3_650, 'how long ids are kept, so that nothing is answered twice'),
  keepSentDays: duration('days', 14, 3_650, 'how long sent answers are kept for phones that ask again'),
  port: {
    kind: 'number',
    unit: 'port',
    default: DEFAULT_PORT,
    least: 0,
    most: 65_535,
    whole: true,
    meaning: 'the port on 127.0.0.1; 0 takes a free one',
  },
} as const satisfies Record<string, NumberSetting>;

export type NumberSettingName = keyof typeof NUMBER_SETTINGS;
export type NumberSettings = { readonly [name in NumberSettingName]: number };

export type TextSetting = {
  readonly kind: 'text';
  readonly default: string | null;
  readonly choices: readonly string[] | null;
  readonly meaning: string;
};

export const TEXT_SETTINGS = {
  home: {
    kind: 'text',
    default: null,
    choices: null,
    meaning: 'the data directory; by default where the platform keeps such data',
  },
  language: {
    kind: 'text',
    default: null,
    choices: LANGUAGE_CODES,
    meaning: "the language of what the relay says; by default the system's, else pt-BR",
  },
  logLevel: {
    kind: 'text',
    default: 'info',
    choices: ['silent', 'error', 'warn', 'info', 'debug'],
    meaning: 'how much is written to the log',
  },
  readReceipts: {
    kind: 'text',
    default: 'no',
    choices: ['no', 'yes'],
    meaning: 'whether what is answered is marked as read; the phone then no longer rings for it',
  },
  typing: {
    kind: 'text',
    default: 'no',
    choices: ['no', 'yes'],
    meaning: 'whether a contact sees that an answer is being written, while one is really coming',
  },
  automaticWords: {
    kind: 'text',
    default: 'yes',
    choices: ['no', 'yes'],
    meaning:
      'whether a greeting or away message that WhatsApp Business sends for the owner leaves its chat to the agent: known by when it comes, and by words that others got, too',
  },
  passkeyLinking: {
    kind: 'text',
    default: 'yes',
    choices: ['no', 'yes'],
    meaning: 'whether a number is linked where WhatsApp asks for a passkey: new, and not yet proven on every account',
  },
  proxy: {
    kind: 'text',
    default: null,
    choices: null,
    meaning:
      'the proxy on the way to WhatsApp and to agents at https://, such as http://proxy.example:3128, or none; by default what HTTPS_PROXY says',
  },
  noProxy: {
    kind: 'text',
    default: null,
    choices: null,
    meaning: 'the names that are reached without the proxy, with commas between them; by default what NO_PROXY says',
  },
  systemCertificates: {
    kind: 'text',
    default: 'no',
    choices: ['no', 'yes'],
    meaning:
      'whether the certificate authorities that this computer trusts are trusted, too: a company’s own, a virus scanner’s',
  },
  whatsappVersion: {
    kind: 'text',
    default: null,
    choices: null,
    meaning: 'the WhatsApp Web version to announce, three numbers with dots; by default the one that was tested',
  },
  whatsappUrl: {
    kind: 'text',
    default: null,
    choices: null,
    meaning: 'for tests: the address of a simulated WhatsApp, loopback only',
  },
  whatsappRootKey: {
    kind: 'text',
    default: null,
    choices: null,
    meaning: "for tests: the simulated WhatsApp's root public key, 64 hex digits",
  },
} as const satisfies Record<string, TextSetting>;

/** The value of `proxy` that does without the one of the environment. */
export const NO_PROXY = 'none';

/** What is read once, when the relay or a connection starts; all other numbers are read where they are used, so a change holds at once. */
export const NEEDS_RESTART: ReadonlySet<string> = new Set([
  'keepAliveSeconds',
  'querySeconds',
  'connectSeconds',
  'unlinkDays',
  'agentCalls',
  'keepTextsDays',
  'keepIdsDays',
  'keepSentDays',
  'port',
  'home',
  'language',
  'logLevel',
  'proxy',
  'noProxy',
  'systemCertificates',
  'whatsappVersion',
  'whatsappUrl',
  'whatsappRootKey',
] satisfies (keyof typeof NUMBER_SETTINGS | keyof typeof TEXT_SETTINGS)[]);

/** What the relay runs on, judged and complete. Numbers stand in the unit of their table row. */
export type Settings = NumberSettings & {
  readonly home: string;
  readonly language: Language;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly readReceipts: 'no' | 'yes';
  readonly typing: 'no' | 'yes';
  readonly automaticWords: 'no' | 'yes';
  readonly passkeyLinking: 'no' | 'yes';
  /** An address with http:// or https://, perhaps with a user and a password. Null: straight to the internet. */
  readonly proxy: string | null;
  readonly noProxy: string | null;
  readonly systemCertificates: 'no' | 'yes';
  readonly whatsappVersion: readonly [number, number, number] | null;
  /** Set together or not at all, and only for a loopback host. */
  readonly simulated: { readonly url: string; readonly rootKey: Uint8Array } | null;
};

/** The commands that set the relay up and look after it: agents, browsers, settings, what is kept. The options page and the command line ask them. */
import * as v from 'valibot';
import { ADAPTERS, AGENT_FAULTS } from '../agent.ts';
import { AgentViewSchema } from '../agent-view.ts';
import { MoneySchema } from '../cost.ts';
import { ExtensionOriginSchema } from '../extension-origin.ts';
import { PresetSchema } from '../preset.ts';
import { agent, command, MOST_NAME, named, nothing, OF_AGENT, type ReplyOf } from './command.ts';

const MOST_TEXT = 16_384;
const MOST_VALUE = 200;

/** One of those that `adapters` lists. */
const adapter = v.pipe(v.string(), v.picklist(ADAPTERS));
const settings = v.record(v.string(), v.unknown());
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MOST_NAME));
const key = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_TEXT));

// A newer relay may know further faults.
const agentFault = v.fallback(v.picklist(AGENT_FAULTS), 'odd-answer');
const usage = v.nullable(
  v.object({
    inputTokens: v.number(),
    outputTokens: v.number(),
    /** What it cost, where that is known. */
    cost: v.optional(MoneySchema),
  }),
);

/** The relay stops, and starts again with the settings as they are in their file. */
export const restart = command('restart', {}, nothing);

/** The relay ends, as after Ctrl-C, and is not started again by whoever keeps it running. Given at its own machine alone. */
export const endRelay = command('stop', {}, nothing);

/** True if the relay answers at all. */
export const ping = command('ping', {}, nothing);

export const status = command('status', {}, v.object({ agents: v.array(AgentViewSchema) }));

const field = v.object({
  name: v.string(),
  // A newer relay may have further kinds: those are edited as text.
  kind: v.string(),
  choices: v.nullable(v.array(v.string())),
  required: v.boolean(),
  // Left out where there is none.
  default: v.optional(v.unknown()),
  meaning: v.string(),
  secret: v.boolean(),
  /** `address`: the key goes there; `sentences`: for a wide field. A newer relay may know further ones. */
  role: v.optional(v.nullable(v.string()), null),
});

export const adapters = command(
  'adapters',
  {},
  v.object({
    adapters: v.array(
      v.object({
        name: v.string(),
        meaning: v.string(),
        fields: v.array(field),
        /** Whether an agent of this kind reads its files; an older relay has none. */
        readsFiles: v.optional(v.boolean(), false),
      }),
    ),
  }),
);

export const addAgent = command('agents.add', { name, adapter, settings, key: v.optional(key) }, AgentViewSchema, [
  'name-taken',
  'bad-settings',
]);
export const editAgent = command(
  'agents.edit',
  {
    agent,
    name: v.optional(name),
    adapter: v.optional(adapter),
    settings: v.optional(settings),
    /** Settings that go back to their default. */
    unset: v.optional(v.array(v.string()), []),
    /** Null removes it. */
    key: v.optional(v.nullable(key)),
  },
  AgentViewSchema,
  [...OF_AGENT, 'name-taken', 'bad-settings', 'key-again'],
);
export const removeAgent = command('agents.remove', { agent: name }, named, [...OF_AGENT, 'last-agent']);
const said = v.pipe(
  v.array(
    v.strictObject({
      author: v.picklist(['contact', 'owner', 'agent']),
      text: v.pipe(v.string(), v.maxLength(MOST_TEXT)),
    }),
  ),
  v.minLength(1),
  v.maxLength(100),
);
const testResult = v.variant('type', [
  v.object({
    type: v.literal('answer'),
    texts: v.array(v.string()),
    usage,
    /** Why this is not all that the agent said; null where it is. */
    shortened: v.nullable(agentFault),
    /** A person must answer: the texts are said first. An older relay does not say. */
    asksOwner: v.optional(v.boolean(), false),
  }),
  v.object({ type: v.literal('silence'), reason: v.picklist(['agent-silent', 'same-answer', 'asked-for-you']), usage }),
  v.object({ type: v.literal('fault'), fault: agentFault, detail: v.string(), usage }),
]);
/** A talk with an agent, with no WhatsApp between: nothing is stored or sent. */
export const testAgent = command(
  'agents.test',
  {
    agent,
    /** The same for all questions of one talk; without it each is a talk of its own. */
    talk: v.optional(v.pipe(v.string(), v.maxLength(100))),
    said,
  },
  testResult,
  OF_AGENT,
);
/**
 * The same with settings that are not saved: those of a new agent, or others for one that there is (`agent`), whose key is taken where none
 * is given. What is saved afterwards with the very same settings is known to fail where this did.
 */
export const tryAgent = command(
  'agents.try',
  { agent, adapter, settings, key: v.optional(v.nullable(key)), said },
  testResult,
  [...OF_AGENT, 'bad-settings', 'key-again'],
);
// Of a newer relay: what an older page cannot show is left out.
const preset = v.fallback(v.nullable(PresetSchema), null);
/** The agents that people already have, with what is filled in for each. */
export const listPresets = command('presets', {}, v.object({ presets: v.array(preset) }));
const model = v.object({ id: v.string(), bytes: v.nullable(v.number()), loaded: v.nullable(v.boolean()) });
/** The models that a server offers, for settings that are not saved: `model` among them may be missing. Costs no tokens. `agent` and `key` as for `agents.try`. */
export const listModels = command(
  'agents.models',
  { agent, adapter, settings, key: v.optional(v.nullable(key)) },
  v.variant('type', [
    v.object({ type: v.literal('models'), models: v.array(model) }),
    /** The back end has no model to choose. */
    v.object({ type: v.literal('none') }),
    v.object({ type: v.literal('fault'), fault: agentFault, detail: v.string() }),
  ]),
  [...OF_AGENT, 'bad-settings', 'key-again'],
);
/** Programs on the relay's own computer that serve models, by the id of their preset: looked for at the moment of asking, on loopback alone. */
export const findLocalAgents = command(
  'agents.find',
  {},
  v.object({
    found: v.array(v.object({ preset: v.string(), settings, wantsKey: v.boolean(), models: v.array(model) })),
  }),
);
/** Whether each back end can be reached and takes its key; null where it does. `isProven` is false where only a question would show it. */
export const checkAgents = command(
  'agents.check',
  {},
  v.object({
    agents: v.array(
      v.object({ ...named.entries, fault: v.nullable(agentFault), isProven: v.boolean(), detail: v.string() }),
    ),
  }),
);

export const listClients = command(
  'clients.list',
  {},
  v.object({
    clients: v.array(
      v.object({
        ...named.entries,
        origin: v.string(),
        pairedAt: v.number(),
        seenAt: v.number(),
        /** Paired by a program of the relay's computer, with no code typed; an older relay knows none. */
        madeHere: v.optional(v.boolean(), false),
      }),
    ),
  }),
);
export const revokeClient = command(
  'clients.revoke',
  { client: v.pipe(v.string(), v.maxLength(100)) },
  v.object({ id: v.string() }),
  ['no-such-client'],
);
/** A code for one browser, as it is read aloud: a secret. Given out at the relay's own machine alone. */
export const issuePairingCode = command('pair', {}, v.object({ text: v.string(), expiresAt: v.number() }));
/**
 * A code for this one extension, which nobody reads: a secret of the program that asks and of the browser that started it. Given out at the
 * relay's own machine alone, as is the port.
 */
export const handPairing = command(
  'pair.hand',
  { origin: ExtensionOriginSchema },
  v.object({ code: v.string(), port: v.number() }),
);

/** `all`: agents, keys and pairings too; with `now` also what would tell WhatsApp that the devices are gone. Otherwise the texts, of one agent or of every one. */
export const forget = command(
  'forget',
  { agent, all: v.optional(v.boolean(), false), now: v.optional(v.boolean(), false) },
  v.object({
    forgotten: v.picklist(['everything', 'texts']),
    /** Devices that WhatsApp has not confirmed to be gone: of each is kept what tells it so, and nothing else. */
    logoutsLeft: v.optional(v.number(), 0),
  }),
  OF_AGENT,
);
export const exportData = command('export', {}, v.object({ path: v.string(), bytes: v.number() }));

/** A setting's value: a number in its unit, a text, or null for the default. */
const value = v.nullable(v.union([v.pipe(v.number(), v.finite()), v.pipe(v.string(), v.maxLength(MOST_VALUE))]));

/** One setting: what it is, what holds now, and what will hold once the relay is started again. */
const setting = v.object({
  name: v.string(),
  kind: v.picklist(['number', 'text']),
  unit: v.nullable(v.string()),
  /** What the relay runs on. */
  value,
  /** From where: a file can be changed here, a flag or the environment cannot. */
  source: v.picklist(['flag', 'environment', 'file', 'default']),
  /** The same as `value` where nothing waits for the next start. */
  next: value,
  default: value,
  least: v.nullable(v.number()),
  most: v.nullable(v.number()),
  whole: v.boolean(),
  choices: v.nullable(v.array(v.string())),
  meaning: v.string(),
  needsRestart: v.boolean(),
});

export const listSettings = command('settings.list', {}, v.object({ settings: v.array(setting) }));
export const setSetting = command('settings.set', { name: v.pipe(v.string(), v.maxLength(60)), value }, setting, [
  'no-such-setting',
  'setting-refused',
  'setting-fixed',
  'settings-unreadable',
]);

export type AgentDetails = ReplyOf<typeof addAgent>;
export type ShownAdapter = ReplyOf<typeof adapters>['adapters'][number];
export type ShownField = ShownAdapter['fields'][number];
export type OfferedModelList = ReplyOf<typeof listModels>;
export type LocalAgent = ReplyOf<typeof findLocalAgents>['found'][number];
export type TestResult = ReplyOf<typeof testAgent>;
export type Setting = ReplyOf<typeof setSetting>;
export type Client = ReplyOf<typeof listClients>['clients'][number];
export type ExportedFile = ReplyOf<typeof exportData>;

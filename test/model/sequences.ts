/** Random sequences of what may happen to a conversation, played on one store: an agent each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { systemRandom } from '../../relay/clock.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import { type AgentId, CHAT_RULES, SCOPES } from '../../shared/contract/chat.ts';
import { DAYS } from '../../shared/contract/schedule.ts';
import { testSettings } from '../support/settings.ts';
import { type AgentMood, CHATS, type LineMood, SHARE, type Step, World } from './world.ts';

const MOST_STEPS = 40;

const chat = fc.constantFrom(...CHATS);
/** Mostly live; else out of a queue. */
const ageSeconds = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 1_200 }) },
  // About to be too old: while they are answered, or on their way out.
  { weight: 3, arbitrary: fc.integer({ min: 570, max: 600 }) },
);
const hour = fc.integer({ min: 8, max: 11 });
const span = fc
  .tuple(hour, fc.constantFrom('00', '20', '40'), hour, fc.constantFrom('10', '30', '50'))
  .map(([from, early, to, late]) => ({
    days: [...DAYS],
    from: `${String(from).padStart(2, '0')}:${early}`,
    to: `${String(to).padStart(2, '0')}:${late}`,
  }));
const agentMoods: readonly AgentMood[] = [
  'quick',
  'quick',
  'slow',
  'very-slow',
  'hangs',
  'silent',
  'asks',
  'asks-silently',
  'busy',
  'refuses',
  'repeats',
];
const lineMoods: readonly LineMood[] = [
  'acks',
  'acks',
  'restricts',
  'refuses',
  'loses-acks',
  'hangs-in-look-up',
  'finds-no-devices',
  'leaves-late',
  'leaves-late',
];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ type: fc.constant('contact' as const), chat, ageSeconds }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('owner' as const), chat, ageSeconds }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('envelope' as const),
      chat,
      becomes: fc.constantFrom('read' as const, 'never' as const, 'nothing' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('pieces' as const), chat, seconds: fc.integer({ min: 1, max: 8 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('on' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('exchange' as const), chat }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('contacts' as const), known: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('edit' as const), chat }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('deletion' as const), chat }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('off' as const),
      forSeconds: fc.option(fc.integer({ min: 5, max: 900 })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('schedule' as const), schedule: fc.array(span, { maxLength: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('scope' as const), scope: fc.constantFrom(...SCOPES) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('rule' as const), chat, rule: fc.option(fc.constantFrom(...CHAT_RULES)) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('take' as const), chat }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('release' as const), chat }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('answer' as const), chat }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('forget' as const), chat }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('read' as const),
      chat,
      ageSeconds: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 900 }) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('owner-first' as const), minutes: fc.constantFrom(0, 0, 2, 12) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('restricted' as const),
      forSeconds: fc.option(fc.integer({ min: 5, max: 900 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('agent' as const), mood: fc.constantFrom(...agentMoods) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('line' as const), mood: fc.constantFrom(...lineMoods) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('line-down' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('line-up' as const), lateSeconds: fc.integer({ min: 0, max: 10 }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 900 }) }),
  },
);

/** What a sequence begins with: some things come about too seldom by chance, such as a restart between an owner's reading and an answer. */
const opening: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.tuple(chat, fc.integer({ min: 60, max: 600 })).map(([where, seconds]): readonly Step[] => [
      { type: 'owner-first', minutes: 12 },
      { type: 'contact', chat: where, ageSeconds: 0 },
      { type: 'wait', seconds },
      { type: 'read', chat: where, ageSeconds: 0 },
    ]),
  },
  {
    weight: 1,
    arbitrary: chat.map((where): readonly Step[] => [
      { type: 'agent', mood: 'slow' },
      { type: 'contact', chat: where, ageSeconds: 0 },
      { type: 'wait', seconds: 3 },
      { type: 'edit', chat: where },
    ]),
  },
);

/** Rejects with fast-check's report of the shortest sequence that broke a rule. `played` hears of each sequence. */
export async function playSequences(
  given: { readonly runs: number; readonly seed: number; readonly path?: string },
  played: () => void = () => undefined,
): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'recado-model-'));
  const store = await openStore(home, { random: systemRandom });
  const settings = testSettings(home, null, {
    dailyAnswers: 100_000,
    dailyTokens: SHARE * 100,
    chatTokensPercent: 1,
    piecesSeconds: 3,
  });
  let agents = 0;
  try {
    await fc.assert(
      fc.asyncProperty(
        opening,
        fc.array(step, { maxLength: MOST_STEPS, size: 'max' }),
        fc.boolean(),
        async (first, rest, isFlow) => {
          agents += 1;
          const id = `agt_${agents}` as AgentId;
          const world = new World(id, store, settings, isFlow);
          try {
            await world.play([...first, ...rest]);
          } finally {
            await store.agents.remove(id);
            played();
          }
          if (world.broken) throw world.broken;
        },
      ),
      { numRuns: given.runs, seed: given.seed, ...(given.path === undefined ? {} : { path: given.path }) },
    );
  } finally {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  }
}

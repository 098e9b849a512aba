/** One truth: whoever says that an agent answers, says it of the same facts, and it holds for a message that arrives now. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toolbarPicture } from '../../extension/toolbar/toolbar-picture.ts';
import { mayAnswer } from '../../relay/conversation/may-answer.ts';
import { AGENT_FAULTS, type AgentFault } from '../../shared/contract/agent.ts';
import { NOTHING_NOW } from '../../shared/contract/agent-view.ts';
import { SCOPES } from '../../shared/contract/chat.ts';
import { CAUSES, LINK_PHASES, LINK_STATUSES } from '../../shared/contract/status.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { wordsIn } from '../../shared/locales/all.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { loadToolbarWords } from '../../shared/locales/load.ts';
import { sayTruth } from '../../shared/locales/state-description.ts';
import { ANSWERING, answering, onAgainAt } from '../../shared/rules/answering.ts';
import { type NextAction, nextAction } from '../../shared/rules/next-action.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const ACCOUNT = { number: '5511999990001', lid: null };

/** With these the last message was answered. */
const ANSWERED: readonly AgentFault[] = ['cut-off', 'too-long'];

const aMoment = fc.constantFrom(null, NOW - MINUTE, NOW + MINUTE);
const anAgent: fc.Arbitrary<AgentSnapshot> = fc.record({
  id: fc.constant('agt_1'),
  name: fc.constant('Recado'),
  adapter: fc.constant('built-in'),
  model: fc.constant(null),
  on: fc.boolean(),
  switchedAt: fc.constant(0),
  switchedBy: fc.constantFrom('person', 'clock', 'schedule', 'answers-limit', 'tokens-limit'),
  backOnAt: aMoment,
  schedule: fc.constant([]),
  nextEdge: fc.constantFrom(null, { at: NOW + 2 * MINUTE, on: true }, { at: NOW + 2 * MINUTE, on: false }),
  scope: fc.constantFrom(null, ...SCOPES),
  ownerMinutes: fc.constant(0),
  cost: fc.constant(null),
  chosenChats: fc.constantFrom(0, 1, 3),
  contactsKnown: fc.boolean(),
  link: fc.record({
    status: fc.constantFrom(...LINK_STATUSES),
    phase: fc.constant('online' as const),
    cause: fc.constantFrom(null, ...CAUSES),
    account: fc.constantFrom(null, ACCOUNT),
    qr: fc.constant(null),
    retryAt: fc.constant(null),
    until: fc.constant(null),
    left: fc.constant(null),
    since: fc.constant(0),
    restrictedUntil: aMoment,
    restrictedRetryAt: aMoment,
    clockAhead: fc.constant(null),
  }),
  limits: fc.constant(null),
  recent: fc.constant([]),
  outage: fc.constant(null),
  today: fc.constant({ messages: 0, answers: 0, inputTokens: 0, outputTokens: 0 }),
  ignoredWhileOff: fc.constant(0),
  skippedToday: fc.constant(0),
  now: fc.constant(NOTHING_NOW),
  fellLastHour: fc.constant(0),
  retryAt: aMoment,
  lastFault: fc.oneof(
    fc.constant(null),
    fc.constantFrom(...AGENT_FAULTS).map((fault) => ({ fault, at: 0, httpStatus: null })),
  ),
});

/** Whether the gate itself would let a message of somebody through: of a person nobody saved, or of a chosen chat. */
function wouldAnswer({ on, scope, link, chosenChats, contactsKnown, lastFault }: AgentSnapshot): boolean {
  const facts = {
    on,
    chatKind: 'direct',
    scope: SCOPES.find((each) => each === scope) ?? null,
    heldUntil: null,
    mutedUntil: null,
    automaticAt: null,
    restrictedUntil: Math.max(link.restrictedUntil ?? 0, link.restrictedRetryAt ?? 0),
    ownerWroteAt: null,
    asksSince: null,
    newestAt: NOW,
    freshMs: 10 * MINUTE,
    now: NOW,
    messageNow: NOW,
  } as const;
  const writers = [
    { rule: null, saved: contactsKnown ? false : null },
    ...(chosenChats > 0 ? [{ rule: 'answer', saved: true } as const] : []),
  ];
  const asked = writers.some((writer) => mayAnswer({ ...facts, ...writer }) === 'yes');
  const works = lastFault === null || ANSWERED.includes(lastFault.fault);
  return link.account !== null && link.status === 'connected' && asked && works;
}

const words = await loadToolbarWords('pt-BR');
const shared = wordsIn('pt-BR');

test('what is lit is answered, and what is answered is lit, over all that may be so', () => {
  fc.assert(
    fc.property(anAgent, (agent) => {
      const lit = answering(agent, NOW) === 'answering';
      // A chosen scope without a rule and no scope at all answer nobody; a rule needs a scope that was chosen once.
      fc.pre(agent.scope !== null || agent.chosenChats === 0);
      expect(lit).toBe(wouldAnswer(agent));
      const picture = toolbarPicture(
        { type: 'ready', seq: 0, snapshot: { at: NOW, agents: [agent] } },
        words,
        shared,
        NOW,
      );
      expect(picture?.icon === 'connected').toBe(lit);
      expect(sayTruth(agent, shared, NOW) === shared.truths.answering).toBe(lit);
    }),
    { numRuns: 5_000 },
  );
});

test('each truth has its own sentence in each language', () => {
  for (const language of LANGUAGE_CODES) {
    const said = ANSWERING.map((truth) => wordsIn(language).truths[truth]);
    expect(new Set(said).size).toBe(ANSWERING.length);
  }
});

test('an agent that is off goes on at the earlier of a person’s time and the schedule’s', () => {
  const edge = { at: NOW + 2, on: true };
  expect(onAgainAt({ on: false, backOnAt: NOW + 1, nextEdge: edge })).toBe(NOW + 1);
  expect(onAgainAt({ on: false, backOnAt: NOW + 3, nextEdge: edge })).toBe(NOW + 2);
  expect(onAgainAt({ on: false, backOnAt: null, nextEdge: { at: NOW + 2, on: false } })).toBeNull();
  expect(onAgainAt({ on: true, backOnAt: null, nextEdge: edge })).toBeNull();
});

/** What one agent's screen offers besides the menu, cell by cell: status, cause, and whether a number is there. */
const CELLS = LINK_STATUSES.flatMap((status) =>
  [null, ...CAUSES].flatMap((cause) => [null, ACCOUNT].map((account) => ({ status, cause, account }))),
);

test('every cause has a way out, and only what goes on by itself has none', () => {
  for (const { status, cause, account } of CELLS) {
    const way = nextAction({ status, phase: 'resting', cause, account });
    const goesOn =
      status === 'connected' ||
      (status === 'connecting' && account !== null) ||
      (status === 'reconnecting' && cause === null);
    expect(way === null, `${status} ${cause} ${account ? 'linked' : 'unlinked'}`).toBe(goesOn);
  }
});

test('a linking that is under way leads to its code, or to the tab of its passkey', () => {
  const link = { status: 'connecting', cause: null, account: null } as const;
  for (const phase of LINK_PHASES) {
    expect(nextAction({ ...link, phase }), phase).toBe(phase.startsWith('passkey-') ? 'passkey' : 'code');
    expect(nextAction({ ...link, phase, account: ACCOUNT }), phase).toBeNull();
  }
});

test.each(LANGUAGE_CODES)(
  'in %s every cell of it says what is so, and scans are not advised where they are refused',
  (language) => {
    const spoken = wordsIn(language);
    const scans: readonly NextAction[] = ['scan'];
    for (const { status, cause, account } of CELLS) {
      const link = {
        phase: 'resting',
        qr: null,
        retryAt: null,
        until: NOW,
        left: null,
        since: NOW,
        restrictedUntil: null,
        restrictedRetryAt: null,
        clockAhead: null,
      } as const;
      const { label, description, remedy } = describeReport({ ...link, status, cause, account }, spoken);
      expect(label).not.toBe('');
      expect(description).not.toBe('');
      if (
        status !== 'offline' ||
        remedy === null ||
        !scans.includes(nextAction({ status, phase: 'resting', cause, account }))
      )
        continue;
      expect(remedy).not.toMatch(/não ajuda|does not help|no ayuda/);
    }
  },
);

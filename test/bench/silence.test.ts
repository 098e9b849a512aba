/**
 * From the click to silence: how long after `off` is asked for its reply comes, and how long after it the last answer leaves. Two hundred
 * flips while people write all the time, each at another moment of gathering, asking, looking up and sending.
 */
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'vitest';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';

const FLIPS = 200;
const PEOPLE = 20;
/** How long is listened after the reply. */
const AFTER_MS = 300;
/** A look-up, and a model, take this long. */
const DELAY_MS = 40;

test(`${FLIPS} flips`, { timeout: 600_000 }, async () => {
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const people = Array.from({ length: PEOPLE }, (_, at) =>
    whatsapp.contact({ number: `55119777700${String(at).padStart(2, '0')}` }),
  );
  const model = await startFakeOpenAi();
  let answers = 0;
  model.reply(async () => {
    answers += 1;
    await pause(DELAY_MS);
    return `answer ${answers}`;
  });
  const loose = {
    brakeShortAnswers: 1e6,
    brakeLongAnswers: 1e6,
    brakeHourAnswers: 1e6,
    brakeLoopTurns: 1e6,
    dailyAnswers: 100_000,
    agentCalls: PEOPLE,
  };
  const relay = await startRelayBench(whatsapp, { settings: { gatherSeconds: 0.05, ...loose } });
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: model.baseUrl, model: 'small' },
  });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  whatsapp.faults.answerDelayMs = DELAY_MS;

  const left: number[] = [];
  const record = whatsapp.recorded.sends.push.bind(whatsapp.recorded.sends);
  whatsapp.recorded.sends.push = (...sends) => {
    left.push(performance.now());
    return record(...sends);
  };
  let writing = true;
  let words = 0;
  const load = Promise.all(
    people.map(async (person) => {
      while (writing) {
        words += 1;
        await person.write(ana, `question ${words}`);
        await pause(150 + (words % 7) * 50);
      }
    }),
  );

  const replies: number[] = [];
  const lasts: number[] = [];
  let dropped = 0;
  for (let flip = 0; flip < FLIPS; flip++) {
    await relay.client.ask('switch', { on: true });
    await pause(300 + ((flip * 37) % 400));
    const clicked = performance.now();
    const { droppedAnswers } = await relay.client.ask<{ droppedAnswers: number }>('switch', { on: false });
    replies.push(performance.now() - clicked);
    dropped += droppedAnswers;
    await pause(AFTER_MS);
    lasts.push(Math.max(0, ...left.filter((at) => at > clicked).map((at) => at - clicked)));
  }
  writing = false;
  await load;

  const row = (name: string, values: readonly number[]): string => {
    const sorted = [...values].sort((one, other) => one - other);
    const at = (share: number): string =>
      `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)} ms`;
    return `| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} |`;
  };
  const lines = [
    `${FLIPS} flips, ${PEOPLE} people writing, ${left.length} answers left, ${dropped} were dropped; ${cpus().length} × ${cpus()[0]?.model ?? ''}`,
    '',
    '| from the click | p50 | p95 | p99 | max |',
    '|---|---|---|---|---|',
    row('to the reply', replies),
    row('to the last answer that left', lasts),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
});

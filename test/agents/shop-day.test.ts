/** The usual limit of tokens lets a shop have its day, and what a form says of an answer's tokens is what is sent. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { loadBriefWords } from '../../shared/locales/load.ts';
import { answerTokens, tokensIn, writeBrief } from '../../shared/rules/brief.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { testSettings } from '../support/settings.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { deps, line, patient, turn } from './asking.ts';

/** An inbox that was measured: 152 conversations in 18 days, https://github.com/fazer-ai/agents/issues/146. */
const CONVERSATIONS = Math.ceil(152 / 18);
/** In each, more than most people ask. */
const QUESTIONS = 8;
const ANSWER =
  'Abrimos de segunda a sábado, das 7h às 19h. Para bolos, encomende com dois dias de antecedência, por favor.';

let server: FakeOpenAi;
beforeEach(async () => {
  server = await startFakeOpenAi();
  server.reply(() => ANSWER);
});
afterEach(() => server.stop());

const tradesOf = async (language: (typeof LANGUAGE_CODES)[number]) => {
  const { headings, trades } = await loadBriefWords(language);
  return Object.values(trades).map((trade) => ({
    instructions: writeBrief({ other: '', ...trade }, headings),
    questions: trade.questions.split('|').map((question) => question.trim()),
  }));
};
const TRADES = (await Promise.all(LANGUAGE_CODES.map(tradesOf))).flat();

test.each(TRADES)('a day of $questions.0 stays below it', async ({ instructions, questions }) => {
  const { dailyTokens, dailyAnswers } = testSettings(temporaryDirectory(), null);
  const settings = { baseUrl: server.baseUrl, model: 'small', instructions };
  const agent = createAgent({ adapter: 'openai-compatible', settings }, null, deps());
  const told = answerTokens(tokensIn(instructions));
  let tokens = 0;
  let mostInput = 0;
  const context = [];
  for (let at = 0; at < QUESTIONS; at += 1) {
    const question = line('contact', questions[at % questions.length] ?? '');
    await agent.answer(turn([question], context), patient);
    context.push(question, line('agent', ANSWER));
    const input = tokensIn(
      server.chats
        .at(-1)
        ?.messages.map(({ content }) => content)
        .join('\n') ?? '',
    );
    mostInput = Math.max(mostInput, input);
    tokens += input + tokensIn(ANSWER);
  }
  expect(CONVERSATIONS * QUESTIONS).toBeLessThan(dailyAnswers);
  expect(CONVERSATIONS * tokens).toBeLessThan(dailyTokens);
  expect(mostInput).toBeLessThanOrEqual(told.input);
  expect(tokensIn(ANSWER)).toBeLessThanOrEqual(told.output);
});

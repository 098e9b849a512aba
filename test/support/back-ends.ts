/** The four back ends as an owner would set them up, each on a server that answers `resposta 1`, `resposta 2` … in turn. */
import { startFakeOpenAi } from './fake-openai.ts';
import { startFakeSipPulse } from './fake-sippulse.ts';
import { startFakeWebhook } from './fake-webhook.ts';

export type BackEndBench = {
  readonly adapter: 'built-in' | 'openai-compatible' | 'sippulse' | 'webhook';
  readonly settings: Record<string, unknown>;
  readonly key: string | null;
  /** Everything that the back end was ever told, as one text; null where it is no server. */
  told(): string | null;
  /** From now on questions are taken and never answered. */
  hang(): void;
  /** Answers again. */
  resume(): void;
  stop(): Promise<void>;
};

export const BACK_END_KEY = 'sk-geheim-PLANTED-KEY-4711';

/** An answer for each question of a scene: what was just said is not said again. */
const RULES = ['mais uma', 'obrigado', 'corte', 'nova', 'à noite', 'pergunta'].map((words) => ({
  words: [words],
  answer: `resposta: ${words}`,
}));

function counted(): () => string {
  let answers = 0;
  return () => {
    answers += 1;
    return `resposta ${answers}`;
  };
}

export const BACK_ENDS: Record<BackEndBench['adapter'], () => Promise<BackEndBench>> = {
  'built-in': async () => ({
    adapter: 'built-in',
    settings: { away: '', greeting: '', rules: RULES },
    key: null,
    told: () => null,
    hang: () => undefined,
    resume: () => undefined,
    stop: async () => undefined,
  }),
  'openai-compatible': async () => {
    const server = await startFakeOpenAi({ key: BACK_END_KEY });
    server.reply(counted());
    return {
      adapter: 'openai-compatible',
      settings: { baseUrl: server.baseUrl, model: 'small' },
      key: BACK_END_KEY,
      told: () => JSON.stringify(server.chats),
      hang: () => server.hang(),
      resume: () => server.reply(counted()),
      stop: () => server.stop(),
    };
  },
  sippulse: async () => {
    const server = await startFakeSipPulse({ key: BACK_END_KEY });
    server.reply(counted());
    return {
      adapter: 'sippulse',
      settings: { baseUrl: server.url, agentId: 'agt_1' },
      key: BACK_END_KEY,
      told: () => JSON.stringify(server.threads),
      hang: () => server.hang(),
      resume: () => server.reply(counted()),
      stop: () => server.stop(),
    };
  },
  webhook: async () => {
    const server = await startFakeWebhook();
    server.reply(counted());
    return {
      adapter: 'webhook',
      settings: { url: `${server.url}/webhook/recado` },
      key: BACK_END_KEY,
      told: () => server.requests.map(({ body }) => body).join('\n'),
      hang: () => server.hang(),
      resume: () => server.reply(counted()),
      stop: () => server.stop(),
    };
  },
};

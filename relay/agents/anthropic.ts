/** `anthropic`: Claude, through Anthropic's Messages. Knows no other service. */
import { listAt } from './model-list.ts';
import { defineProvider } from './provider-model.ts';
import { joinUrl } from './setting-schemas.ts';

const VERSION = '2023-06-01';

export const anthropic = defineProvider({
  name: 'anthropic',
  meaning: 'Claude, from Anthropic',
  keyMeaning: 'made under API keys of the Claude Console',
  baseUrl: 'https://api.anthropic.com/v1',
  ends: ['messages', 'models'],
  load: async () => {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return ({ baseUrl, key }, fetch, model) =>
      createAnthropic({ baseURL: baseUrl, apiKey: key, fetch }).languageModel(model);
  },
  models: (call, { baseUrl, key }) =>
    listAt(call, `${joinUrl(baseUrl, 'models')}?limit=1000`, { 'x-api-key': key, 'anthropic-version': VERSION }),
});

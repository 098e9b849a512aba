/** `anthropic`: Claude, through Anthropic's Messages. Knows no other service. */
import { listAt } from './model-list.ts';
import { defineProvider, listUrl } from './provider-model.ts';

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
  models: (call, place) =>
    listAt(call, listUrl(place, { limit: '1000' }), { 'x-api-key': place.key, 'anthropic-version': VERSION }),
});

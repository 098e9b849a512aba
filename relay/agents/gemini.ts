/** `gemini`: Google's Gemini, through its own interface. Knows no other service. */
import { at } from './json.ts';
import { listAt } from './model-list.ts';
import { defineProvider, listUrl } from './provider-model.ts';

export const gemini = defineProvider({
  name: 'gemini',
  meaning: 'Gemini, from Google',
  keyMeaning: 'made in Google AI Studio, under API keys',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  ends: ['models'],
  load: async () => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    return ({ baseUrl, key }, fetch, model) =>
      createGoogleGenerativeAI({ baseURL: baseUrl, apiKey: key, fetch }).languageModel(model);
  },
  models: (call, place) =>
    listAt(call, listUrl(place, { pageSize: '1000' }), { 'x-goog-api-key': place.key }, nameOfWriter),
});

/** A model's name without `models/`; empty for one that writes no answers, such as one for embeddings. */
function nameOfWriter(entry: unknown): string {
  const name = at(entry, 'name');
  const does = at(entry, 'supportedGenerationMethods');
  const isWriter = !Array.isArray(does) || does.includes('generateContent');
  return typeof name === 'string' && isWriter ? name.replace(/^models\//, '') : '';
}

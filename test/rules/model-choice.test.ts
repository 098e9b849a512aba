import { expect, test } from 'vitest';
import { suggestedModel, talkingModels } from '../../shared/rules/model-choice.ts';

const offered = (...ids: readonly string[]) => ids.map((id) => ({ id, bytes: null, loaded: null }));

test.each([
  [['text-embedding-3-small', 'gpt-5', 'gpt-5-mini', 'whisper-1'], 'gpt-5-mini'],
  [['mistral-large-latest', 'mistral-small-latest'], 'mistral-small-latest'],
  [['sabia-4', 'sabiazinho-4'], 'sabiazinho-4'],
  [['deepseek-reasoner', 'deepseek-chat'], 'deepseek-chat'],
  [['whisper-large-v3', 'llama-3.3-70b-versatile', 'llama-3.1-8b-instant'], 'llama-3.1-8b-instant'],
  [['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-embedding-001'], 'gemini-2.5-flash'],
  [['codex-mini-latest', 'gpt-4o-mini-search-preview', 'gpt-4o-mini'], 'gpt-4o-mini'],
  [['llama3.2:latest'], 'llama3.2:latest'],
  // A name that holds such a part within a word is no quick one.
  [['administrator-7b', 'minimax-m2'], 'administrator-7b'],
])('of %j somebody without a wish of their own gets %s', (ids, chosen) => {
  expect(suggestedModel(offered(...ids))?.id).toBe(chosen);
});

test('one that is loaded comes first, and one that cannot talk only where nothing else is', () => {
  const models = [...offered('llama3.2', 'phi-mini'), { id: 'qwen3', bytes: null, loaded: true }];
  expect(suggestedModel(models)?.id).toBe('qwen3');
  expect(talkingModels(offered('nomic-embed-text')).length).toBe(1);
  expect(suggestedModel([])).toBeNull();
});

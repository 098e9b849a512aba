/**
 * The agents that people already have, as data: where each is, which back end speaks with it, what is filled in, where its key is had.
 * The relay tells them: the extension names no address beyond this computer. Sources: each service's own documents, November 2026.
 */
import type { Preset } from '../../shared/contract/preset.ts';

const ASKED = { adapter: 'openai-compatible', key: 'required', shelf: 'key' } as const;
const HERE = {
  adapter: 'openai-compatible',
  key: 'optional',
  shelf: 'computer',
  keyPage: null,
  cost: 'nothing',
} as const;

export const PRESETS: readonly Preset[] = [
  { ...HERE, id: 'ollama', name: 'Ollama', key: 'none', settings: { baseUrl: 'http://127.0.0.1:11434/v1' } },
  { ...HERE, id: 'lm-studio', name: 'LM Studio', settings: { baseUrl: 'http://127.0.0.1:1234/v1' } },
  { ...HERE, id: 'jan', name: 'Jan', settings: { baseUrl: 'http://127.0.0.1:1337/v1' } },
  {
    ...ASKED,
    id: 'openai',
    name: 'OpenAI',
    settings: { baseUrl: 'https://api.openai.com/v1' },
    keyPage: 'https://platform.openai.com/api-keys',
    cost: 'use',
  },
  {
    ...ASKED,
    id: 'groq',
    name: 'Groq',
    settings: { baseUrl: 'https://api.groq.com/openai/v1' },
    keyPage: 'https://console.groq.com/keys',
    cost: 'some-free',
  },
  {
    ...ASKED,
    id: 'maritaca',
    name: 'Maritaca',
    settings: { baseUrl: 'https://chat.maritaca.ai/api' },
    keyPage: 'https://plataforma.maritaca.ai/chaves-de-api',
    cost: 'brazil',
  },
  {
    ...ASKED,
    id: 'openrouter',
    name: 'OpenRouter',
    settings: { baseUrl: 'https://openrouter.ai/api/v1' },
    keyPage: 'https://openrouter.ai/settings/keys',
    cost: 'many',
  },
  {
    ...ASKED,
    id: 'mistral',
    name: 'Mistral',
    settings: { baseUrl: 'https://api.mistral.ai/v1' },
    keyPage: 'https://console.mistral.ai/api-keys',
    cost: 'some-free',
  },
  {
    ...ASKED,
    id: 'deepseek',
    name: 'DeepSeek',
    settings: { baseUrl: 'https://api.deepseek.com' },
    keyPage: 'https://platform.deepseek.com/api_keys',
    cost: 'use',
  },
  {
    ...ASKED,
    id: 'ollama-cloud',
    name: 'Ollama Cloud',
    settings: { baseUrl: 'https://ollama.com/v1' },
    keyPage: 'https://ollama.com/settings/keys',
    cost: 'some-free',
  },
  {
    id: 'sippulse',
    name: 'SipPulse AI',
    shelf: 'key',
    adapter: 'sippulse',
    settings: {},
    key: 'required',
    keyPage: null,
    cost: 'ready',
  },
  { ...ASKED, id: 'other', name: null, key: 'optional', settings: {}, keyPage: null, cost: 'own' },
  {
    id: 'n8n',
    name: 'n8n',
    shelf: 'flow',
    adapter: 'webhook',
    settings: {},
    key: 'optional',
    keyPage: null,
    cost: 'own',
  },
  {
    id: 'webhook',
    name: 'Webhook',
    shelf: 'flow',
    adapter: 'webhook',
    settings: {},
    key: 'optional',
    keyPage: null,
    cost: 'own',
  },
  {
    id: 'rules',
    name: null,
    shelf: 'none',
    adapter: 'built-in',
    settings: {},
    key: 'none',
    keyPage: null,
    cost: 'nothing',
  },
];

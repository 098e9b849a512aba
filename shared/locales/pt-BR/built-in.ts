/** Portuguese (Brazil): the rules that ship with the built-in agent: few, and true for every owner. They promise nothing in the owner's name. */
import type { BuiltInWords } from '../words.ts';

export const builtIn: BuiltInWords = {
  notice: 'Resposta automática',
  greeting:
    'Olá! Sua mensagem chegou. Quem responde por aqui agora é um programa; a pessoa dona deste número pode escrever a qualquer momento.',
  away: 'Olá! Sua mensagem chegou. A esta hora uma resposta pessoal pode demorar.',
  /** Said where nothing fits, once the owner is told. */
  told: 'Avisei {owner}, que vai responder por aqui.',
  /** Words that ask for nothing. */
  greetings: [
    'oi',
    'olá',
    'opa',
    'bom dia',
    'boa tarde',
    'boa noite',
    'tudo bem',
    'como vai',
    'tudo bom',
    'ok',
    'certo',
    'sim',
    'não',
    'beleza',
    'tchau',
  ],
  rules: [
    {
      words: ['robô', 'bot', 'humano', 'atendente', 'falar com alguém', 'falar com uma pessoa'],
      answer:
        'Você está falando com um programa. A pessoa dona deste número foi avisada e pode responder aqui mesmo.\nASK_OWNER',
    },
    {
      words: ['ajuda'],
      answer: 'Escreva sua pergunta em uma mensagem: ela fica nesta conversa para a pessoa dona deste número.',
    },
    { words: ['obrigado', 'obrigada', 'valeu'], answer: 'De nada!' },
  ],
};

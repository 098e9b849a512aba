/** Portuguese (Brazil): the rules that ship with the built-in agent: few, and true for every owner. They promise nothing in the owner's name. */
import type { BuiltInWords } from '../words.ts';

export const builtIn: BuiltInWords = {
  notice: 'Resposta automática',
  greeting:
    'Olá! Sua mensagem chegou. Quem responde por aqui agora é um programa; a pessoa dona deste número pode escrever a qualquer momento.',
  away: 'Olá! Sua mensagem chegou. A esta hora uma resposta pessoal pode demorar.',
  rules: [
    {
      words: ['robô', 'bot', 'humano', 'atendente', 'falar com alguém', 'falar com uma pessoa'],
      answer:
        'Você está falando com um programa. A pessoa dona deste número pode ler a conversa e responder aqui mesmo.',
    },
    {
      words: ['ajuda'],
      answer: 'Escreva sua pergunta em uma mensagem: ela fica nesta conversa para a pessoa dona deste número.',
    },
    { words: ['obrigado', 'obrigada', 'valeu'], answer: 'De nada!' },
  ],
};

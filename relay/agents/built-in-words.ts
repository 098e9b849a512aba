/** The rules that ship with the built-in agent: few, and true for every owner. They promise nothing in the owner's name. */

export type Rule = { readonly words: readonly string[]; readonly answer: string };

export type BuiltInWords = {
  /** Stands above every answer, so that the contact knows that no person wrote it. */
  readonly notice: string;
  readonly greeting: string;
  readonly away: string;
  readonly rules: readonly Rule[];
};

export const BUILT_IN_WORDS: Readonly<Record<'pt-BR' | 'en' | 'es', BuiltInWords>> = {
  'pt-BR': {
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
  },
  en: {
    notice: 'Automatic answer',
    greeting:
      'Hello! Your message has arrived. A program is answering here for now; the owner of this number may write at any time.',
    away: 'Hello! Your message has arrived. At this hour a personal answer may take a while.',
    rules: [
      {
        words: ['robot', 'bot', 'human', 'talk to someone', 'talk to a person'],
        answer: 'You are talking to a program. The owner of this number can read this chat and answer right here.',
      },
      {
        words: ['help'],
        answer: 'Write your question in one message: it stays in this chat for the owner of this number.',
      },
      { words: ['thanks', 'thank you'], answer: "You're welcome!" },
    ],
  },
  es: {
    notice: 'Respuesta automática',
    greeting:
      '¡Hola! Tu mensaje ha llegado. Por ahora responde un programa; la persona dueña de este número puede escribir en cualquier momento.',
    away: '¡Hola! Tu mensaje ha llegado. A esta hora una respuesta personal puede tardar.',
    rules: [
      {
        words: ['robot', 'bot', 'humano', 'hablar con alguien', 'hablar con una persona'],
        answer:
          'Estás hablando con un programa. La persona dueña de este número puede leer el chat y responder aquí mismo.',
      },
      {
        words: ['ayuda'],
        answer: 'Escribe tu pregunta en un mensaje: queda en este chat para la persona dueña de este número.',
      },
      { words: ['gracias'], answer: '¡De nada!' },
    ],
  },
};

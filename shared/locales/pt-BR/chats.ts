/** Portuguese (Brazil): the popup's screens about chats: who is answered, and why there was no answer. */
import type { ChatWords } from '../words.ts';

export const chats: ChatWords = {
  reasons: {
    note: 'Só os motivos, nunca o texto das mensagens.',
    none: 'Tudo o que chegou com o agente ligado foi respondido.',
    loading: 'Perguntando ao relay…',
    failed: 'O relay não respondeu. Volte e tente de novo.',
    group: 'Grupo',
    someone: 'Alguém sem nome',
    off: 'Desligado',
    ignoredOne: '1 mensagem ignorada, nada guardado.',
    ignoredMany: '{count} mensagens ignoradas, nada guardado.',
  },
  now: {
    thinking: 'O agente está pensando há {seconds} s.',
    noAnswer: 'Sem resposta do agente há {seconds} s.',
    heldOne: 'Você assumiu uma conversa até {at}.',
    heldMany: 'Você assumiu {count} conversas, a última até {at}.',
    giveBack: 'Devolver',
    see: 'Ver',
  },
  answered: {
    chats: 'Conversa por conversa',
    none: 'Ainda não há conversas. Elas aparecem aqui quando alguém escreve com o agente ligado.',
    held: 'Você assumiu até {at}',
    automatic: 'O WhatsApp Business escreveu por você, {at}. O agente continua.',
    rests: 'Em pausa até {at}',
    giveBack: 'Devolver ao agente',
    byScope: 'Seguir a regra geral',
    username: '{name}: nome que a própria pessoa escolheu',
    always: 'Responder aqui',
    never: 'Nunca aqui',
    more: 'Mostrar mais conversas',
  },
};

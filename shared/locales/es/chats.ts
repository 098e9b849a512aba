/** Spanish: the popup's screens about chats: who is answered, and why there was no answer. */
import type { ChatWords } from '../words.ts';

export const chats: ChatWords = {
  reasons: {
    note: 'Solo los motivos, nunca el texto de los mensajes.',
    none: 'Todo lo que llegó con el agente encendido fue respondido.',
    loading: 'Preguntando al relay…',
    failed: 'El relay no respondió. Vuelve e inténtalo otra vez.',
    group: 'Grupo',
    someone: 'Alguien sin nombre',
    off: 'Apagado',
    ignoredOne: '1 mensaje ignorado, nada guardado.',
    ignoredMany: '{count} mensajes ignorados, nada guardado.',
  },
  now: {
    thinking: 'El agente lleva {seconds} s pensando.',
    noAnswer: 'Sin respuesta del agente desde hace {seconds} s.',
    heldOne: 'Un chat es tuyo hasta {at}.',
    heldMany: '{count} chats son tuyos, el último hasta {at}.',
    giveBack: 'Devolver',
    see: 'Ver',
  },
  answered: {
    chats: 'Chat por chat',
    none: 'Aún no hay chats. Aparecen aquí cuando alguien escribe con el agente encendido.',
    held: 'Tuyo hasta {at}',
    automatic: 'WhatsApp Business escribió por ti, {at}. El agente sigue.',
    rests: 'En pausa hasta {at}',
    giveBack: 'Devolver al agente',
    byScope: 'Como arriba',
    username: '{name}: nombre que la propia persona eligió',
    always: 'Responder aquí',
    never: 'Nunca aquí',
    more: 'Mostrar más chats',
  },
};

/** Spanish: the rules that ship with the built-in agent: few, and true for every owner. They promise nothing in the owner's name. */
import type { BuiltInWords } from '../words.ts';

export const builtIn: BuiltInWords = {
  notice: 'Respuesta automática',
  greeting:
    '¡Hola! Tu mensaje ha llegado. Por ahora responde un programa; la persona dueña de este número puede escribir en cualquier momento.',
  away: '¡Hola! Tu mensaje ha llegado. A esta hora una respuesta personal puede tardar.',
  /** Said where nothing fits, once the owner is told. */
  told: 'Le avisé a {owner}, que va a responder por aquí.',
  /** Words that ask for nothing. */
  greetings: [
    'hola',
    'buenas',
    'buenos días',
    'buenas tardes',
    'buenas noches',
    'qué tal',
    'cómo estás',
    'cómo está',
    'todo bien',
    'ok',
    'vale',
    'sí',
    'no',
    'perfecto',
    'adiós',
  ],
  rules: [
    {
      words: ['robot', 'bot', 'humano', 'hablar con alguien', 'hablar con una persona'],
      answer:
        'Estás hablando con un programa. La persona dueña de este número ya fue avisada y puede responder aquí mismo.\nASK_OWNER',
    },
    {
      words: ['ayuda'],
      answer: 'Escribe tu pregunta en un mensaje: queda en este chat para la persona dueña de este número.',
    },
    { words: ['gracias'], answer: '¡De nada!' },
  ],
};

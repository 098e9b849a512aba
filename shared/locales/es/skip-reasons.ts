/** Spanish: why a message got no answer. */
import type { SkipReasonWords } from '../shapes.ts';

export const skipReasons: SkipReasonWords = {
  'switched-off': 'el agente estaba apagado',
  'too-old': 'el mensaje ya era antiguo',
  'owner-wrote': 'tomaste la conversación',
  'not-in-scope': 'este chat no se responde',
  'in-contacts': 'la persona está en tus contactos',
  'contacts-unknown': 'los contactos aún no se conocen',
  group: 'es un grupo',
  brake: 'demasiadas respuestas en este chat',
  'agent-error': 'el agente falló',
  'agent-silent': 'el agente prefirió no responder',
  undelivered: 'la respuesta no se pudo entregar',
  unconfirmed: 'puede que una respuesta llegara: WhatsApp no lo confirmó',
  'nothing-to-answer': 'no había nada que responder',
  'only-on-phone': 'este tipo de mensaje solo se ve en tu teléfono',
  unreadable: 'no llegó legible aquí; está en tu teléfono',
  restricted: 'WhatsApp está restringiendo el número',
  'asked-for-you': 'el agente pidió que respondas tú',
  'same-answer': 'el agente repitió lo que acababa de decir',
  deleted: 'quien lo envió borró el mensaje',
  forgotten: 'pediste olvidar el chat',
};

/** Spanish: the toolbar's button: tooltip, menu, notices. */
import type { ToolbarWords } from '../words.ts';

export const toolbar: ToolbarWords = {
  noRelay: 'sin contacto con el relay',
  notPaired: 'haz clic para emparejar',
  pairAgain: 'hay que emparejar otra vez',
  asks: '1 chat te necesita',
  asksMany: '{count} chats te necesitan',
  agents: 'Agentes',
  switchOn: 'Encender',
  switchOff: 'Apagar',
  offForAnHour: 'Apagar por 1 hora',
  offUntilTomorrow: 'Apagar hasta mañana a las 8',
  unlink: 'Desvincular…',
  wentOn: 'El agente {name} se encendió otra vez, como pediste.',
  wentOff: 'El agente {name} llegó a un límite y se apagó.',
  notDelivered: 'La solicitud no llegó al relay. Nada cambió.',
};

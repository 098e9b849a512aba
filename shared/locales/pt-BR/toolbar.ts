/** Portuguese (Brazil): the toolbar's button: tooltip, menu, notices. */
import type { ToolbarWords } from '../words.ts';

export const toolbar: ToolbarWords = {
  noRelay: 'sem contato com o relay',
  notPaired: 'clique para parear',
  pairAgain: 'é preciso parear de novo',
  asks: '1 conversa pede você',
  asksMany: '{count} conversas pedem você',
  agents: 'Agentes',
  switchOn: 'Ligar',
  switchOff: 'Desligar',
  offForAnHour: 'Desligar por 1 hora',
  offUntilTomorrow: 'Desligar até amanhã, 8h',
  unlink: 'Desconectar…',
  wentOn: 'O agente {name} foi ligado de novo, como você pediu.',
  wentOff: 'O agente {name} atingiu um limite e se desligou.',
  notDelivered: 'O pedido não chegou ao relay. Nada mudou.',
};

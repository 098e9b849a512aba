/** What the toolbar button says: tooltip, its menu, and notices. Small enough for all languages at once. */
import type { Language } from '../../shared/words/words.ts';

export type ToolbarWords = {
  readonly noRelay: string;
  readonly notPaired: string;
  readonly pairAgain: string;
  readonly agents: string;
  readonly switchOn: string;
  readonly switchOff: string;
  readonly offForAnHour: string;
  readonly offUntilTomorrow: string;
  readonly unlink: string;
  readonly wentOn: string;
  readonly wentOff: string;
  readonly notDelivered: string;
};

const WORDS: Readonly<Record<Language, ToolbarWords>> = {
  'pt-BR': {
    noRelay: 'sem contato com o relay',
    notPaired: 'clique para parear',
    pairAgain: 'é preciso parear de novo',
    agents: 'Agentes',
    switchOn: 'Ligar',
    switchOff: 'Desligar',
    offForAnHour: 'Desligar por 1 hora',
    offUntilTomorrow: 'Desligar até amanhã às 8h',
    unlink: 'Desconectar…',
    wentOn: 'O agente {name} foi ligado de novo, como você pediu.',
    wentOff: 'O agente {name} atingiu o limite do dia e se desligou.',
    notDelivered: 'O pedido não chegou ao relay. Nada mudou.',
  },
  en: {
    noRelay: 'no contact with the relay',
    notPaired: 'click to pair',
    pairAgain: 'it has to be paired again',
    agents: 'Agents',
    switchOn: 'Switch on',
    switchOff: 'Switch off',
    offForAnHour: 'Off for 1 hour',
    offUntilTomorrow: 'Off until tomorrow at 8',
    unlink: 'Unlink…',
    wentOn: 'The agent {name} is on again, as you asked.',
    wentOff: 'The agent {name} reached its limit of the day and switched itself off.',
    notDelivered: 'The request did not reach the relay. Nothing changed.',
  },
  es: {
    noRelay: 'sin contacto con el relay',
    notPaired: 'haz clic para emparejar',
    pairAgain: 'hay que emparejar otra vez',
    agents: 'Agentes',
    switchOn: 'Encender',
    switchOff: 'Apagar',
    offForAnHour: 'Apagar por 1 hora',
    offUntilTomorrow: 'Apagar hasta mañana a las 8',
    unlink: 'Desvincular…',
    wentOn: 'El agente {name} se encendió otra vez, como pediste.',
    wentOff: 'El agente {name} llegó al límite del día y se apagó.',
    notDelivered: 'El pedido no llegó al relay. Nada cambió.',
  },
};

export function toolbarWordsIn(language: Language): ToolbarWords {
  return WORDS[language];
}

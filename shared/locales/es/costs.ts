/** Spanish: what an agent costs, and how much it may. */
import type { CostWords } from '../words.ts';

export const costs: CostWords = {
  title: 'Costos de {name}',
  lede: 'Los tokens son trozos de palabra que el modelo lee y escribe: el servicio cobra por ellos. Si el precio se conoce, o lo escribes tú, ves el dinero.',
  today: 'Hoy',
  month: 'Este mes',
  answers: 'Respuestas',
  tokens: 'Tokens',
  money: 'Costo',
  known:
    '{input} por millón de tokens que lee, {output} por millón que escribe. Precio del {date}; el servicio puede haberlo cambiado desde entonces.',
  typed: '{input} por millón de tokens que lee, {output} por millón que escribe. Lo escribiste tú.',
  free: 'Funciona en esta computadora: no se paga nada.',
  unknown: 'Aquí no se conoce su precio. Está en la página del servicio: escríbelo para ver el dinero.',
  silent:
    'Este tipo de agente no informa cuántos tokens usa: no hay nada que contar, y solo vale el límite de respuestas.',
  idle: 'Los límites de dinero no están en vigor: no se conoce ningún precio en esa moneda.',
  priceTitle: 'Precio por millón de tokens',
  priceHint: 'Deja los dos vacíos para que valga el precio conocido.',
  currency: 'Moneda',
  priceIn: 'Que lee',
  priceOut: 'Que escribe',
  limitTitle: 'Cuánto puede gastar',
  limitHint:
    'Al llegar al límite del día o del mes, el agente se apaga solo y lo dice. En el límite de un chat, solo ese chat espera hasta mañana. Vacío: sin límite propio.',
  dayMoney: 'Dinero por día',
  monthMoney: 'Dinero por mes',
  chatMoney: 'Dinero de un chat por día',
  dayTokens: 'Tokens por día',
  chatTokens: 'Tokens de un chat por día',
  common: '{count} si queda vacío',
  save: 'Guardar',
  saved: 'Guardado. Vale desde ahora.',
  halfPrice: 'Un precio tiene dos valores: lo que lee y lo que escribe.',
  notAmount: 'Escribe un valor, como 2,50.',
  lasts: 'Con {tokens} tokens por respuesta, el límite de {limit} por día alcanza para unas {answers} respuestas.',
  perAnswer: 'Unos {money} por respuesta.',
  limits: {
    answers: '{count} de {limit} respuestas hoy',
    tokens: '{count} de {limit} tokens hoy',
    money: '{count} de {limit} hoy',
    month: '{count} de {limit} este mes',
  },
};

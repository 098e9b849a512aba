/** Español: el horario de la semana. */
export const schedule = {
  lede: 'En estas horas el agente se enciende solo, y después se apaga. Lo que cambias a mano vale hasta la siguiente de estas horas.',
  none: 'Todavía no hay horas: solo tú enciendes y apagas el agente.',
  from: 'de',
  to: 'a',
  nextDay: 'termina al día siguiente',
  add: 'Añadir horas',
  remove: 'Quitar estas horas',
  save: 'Guardar',
  saved: 'Guardado.',
  nextOn: 'Se enciende: {at}.',
  nextOff: 'Se apaga: {at}.',
  noDay: 'Elige al menos un día para cada horario.',
  firstScope: 'Primero elige a quién se responde, en el menú, en A quién se responde.',
};

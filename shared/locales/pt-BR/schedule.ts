/** Português do Brasil: o horário da semana. */
export const schedule = {
  lede: 'Nestes horários o agente se liga sozinho, e depois se desliga. O que você muda à mão vale até o próximo destes horários.',
  none: 'Nenhum horário ainda: só você liga e desliga o agente.',
  from: 'das',
  to: 'às',
  nextDay: 'termina no dia seguinte',
  add: 'Adicionar horário',
  remove: 'Remover este horário',
  save: 'Salvar',
  saved: 'Salvo.',
  nextOn: 'Liga: {at}.',
  nextOff: 'Desliga: {at}.',
  noDay: 'Escolha pelo menos um dia para cada horário.',
  firstScope: 'Primeiro escolha quem é respondido, no menu, em Quem é respondido.',
};

/** Portuguese (Brazil): why a message got no answer. */
import type { SkipReasonWords } from '../shapes.ts';

export const skipReasons: SkipReasonWords = {
  'switched-off': 'o agente estava desligado',
  'too-old': 'a mensagem já era antiga',
  'owner-wrote': 'você assumiu a conversa',
  'not-in-scope': 'esta conversa não é respondida',
  'in-contacts': 'a pessoa está nos seus contatos',
  'contacts-unknown': 'os contatos ainda não são conhecidos',
  group: 'é um grupo',
  brake: 'respostas demais nesta conversa',
  'agent-error': 'o agente falhou',
  'agent-silent': 'o agente preferiu não responder',
  undelivered: 'a resposta não pôde ser entregue',
  unconfirmed: 'uma resposta pode ter chegado: o WhatsApp não confirmou',
  'nothing-to-answer': 'não havia o que responder',
  'only-on-phone': 'este tipo de mensagem só aparece no seu celular',
  unreadable: 'não chegou legível aqui; está no seu celular',
  restricted: 'o WhatsApp está restringindo o número',
  'asked-for-you': 'o agente pediu que você responda',
  'same-answer': 'o agente repetiu o que tinha acabado de dizer',
  deleted: 'quem enviou apagou a mensagem',
  forgotten: 'você mandou esquecer a conversa',
};

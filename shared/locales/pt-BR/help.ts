/** Portuguese (Brazil): help and limits. */
import type { HelpWords } from '../words.ts';

export const help: HelpWords = {
  limitsTitle: 'O que o Recado não faz',
  limits: [
    { title: 'Não começa conversas', text: 'Só responde a quem escreveu primeiro.' },
    { title: 'Não tem API de envio', text: 'Nenhum programa manda mensagens por ele.' },
    { title: 'Não mostra as conversas', text: 'Aqui há números e motivos, não um painel de depuração.' },
    {
      title: 'Não garante a conexão',
      text: 'Depende da sessão conectada: do WhatsApp, do celular e deste computador.',
    },
  ],
  stability: {
    title: 'Estabilidade',
    text: 'O Recado é beta. Usa uma biblioteca não oficial, pode falhar às vezes, e a Meta pode mudar as regras ou restringir um número a qualquer momento. Para uso sério, tenha um plano B: outra forma de as pessoas falarem com você.',
  },
  expired: {
    title: 'QR Code Expirado',
    text: 'Cada código vale cerca de 45 segundos e troca sozinho, no máximo 10 vezes. Se nenhum dos 10 for lido, a tentativa termina. Abra Aparelhos Conectados no celular e então clique em Escanear QR Code.',
  },
  inUseText:
    'Cada número fica com um agente só. Desconecte-o do outro agente, ou use outro número. Um relay em outro computador não aparece aqui: veja também lá.',
  unsteadyText: 'Faça nesta ordem:',
  handbook: 'O manual completo',
  business: {
    title: 'Recado ou WhatsApp Business',
    text: 'Para um número seu, com o qual você também conversa, o Recado é mais simples. Para uma empresa que depende das mensagens, use a API oficial.',
    here: 'Recado',
    there: 'WhatsApp Business (API)',
    rows: [
      { what: 'Verificação da empresa', here: 'não precisa', there: 'exigida pela Meta' },
      {
        what: 'Modelos de mensagem',
        here: 'não há: só responde',
        there: 'aprovados pela Meta, para começar conversas',
      },
      { what: 'API', here: 'não oficial, por QR Code', there: 'oficial' },
      {
        what: 'Preço',
        here: 'grátis, fora o modelo de IA',
        there: 'por mensagem; desde outubro de 2026, respostas também',
      },
      { what: 'Estabilidade', here: 'pode cair a qualquer momento', there: 'garantida em contrato' },
      { what: 'Responder à mão', here: 'pelo celular, quando quiser', there: 'por um painel à parte' },
      { what: 'Para quem', here: 'pessoas e pequenos negócios', there: 'empresas' },
    ],
  },
};

/** Portuguese (Brazil): links, agents and chats: what is so, why, and what to do. The statuses, the steps and the sentence of a number in use are promised word by word. */
import type { StatusWords } from '../words.ts';

export const status: StatusWords = {
  statuses: {
    offline: { label: 'Offline', description: 'Não conectado. Clique em "Escanear QR Code" para conectar.' },
    connecting: { label: 'Conectando', description: 'QR Code gerado, aguardando escaneamento.' },
    connected: { label: 'Conectado', description: 'Conectado com sucesso e recebendo mensagens.' },
    reconnecting: { label: 'Reconectando', description: 'Conexão perdida, tentando restaurar automaticamente.' },
  },
  phases: {
    preparing: 'Preparando o QR Code.',
    phoneCode: 'Código pronto. Digite-o no WhatsApp do celular.',
    'code-typed': 'Código digitado. Terminando no celular.',
    'code-worn': 'O código não vale mais. O WhatsApp quer que você peça outro.',
    'scan-again': 'O WhatsApp pediu um código novo: escaneie mais uma vez.',
    finishing: 'QR Code escaneado. Concluindo a conexão com o celular.',
    'passkey-asked': 'O WhatsApp pede mais um passo, no navegador: uma chave de acesso.',
    'passkey-signing': 'O navegador está pedindo a chave de acesso.',
    'passkey-phone': 'Chave de acesso aceita. Aguardando o celular.',
    'passkey-comparing': 'Compare o código nas duas telas.',
    'passkey-finishing': 'Falta pouco: o celular está concluindo.',
    'catching-up': 'Conectado. Lendo o que chegou nesse meio-tempo. Antes disso ninguém é respondido.',
    'catching-up-left':
      'Conectado. Lendo o que chegou nesse meio-tempo: faltam {left}. Antes disso ninguém é respondido.',
    opening: 'Abrindo a conexão com o WhatsApp.',
  },
  truths: {
    'no-number': 'Nenhum número conectado',
    linking: 'Conectando um número',
    answering: 'O agente responde por você',
    off: 'Só você responde',
    'line-down': 'Agora o agente não responde',
    restricted: 'Ligado, mas o WhatsApp restringiu o número',
    'nobody-chosen': 'Ligado, mas ninguém foi escolhido',
    'contacts-unknown': 'Ligado, mas seus contatos ainda não chegaram',
    'key-refused': 'Ligado, mas a chave foi recusada',
    'agent-failing': 'Ligado, mas o agente está falhando',
  },
  guidance: {
    cardTitle: 'WhatsApp Pessoal',
    betaBadge: 'Recurso Beta',
    oneNumberPerAgent: 'Um número por agente',
    switchedOn: 'Ligado',
    switchedOff: 'Desligado',
    offUntil: 'Desligado até {at}',
  },
};

/** Portuguese (Brazil): why a link is as it is, and what to do about it. */
import type { CauseWords, LinkNoteWords } from '../shapes.ts';

export const causes: CauseWords = {
  'not-linked': { sentence: 'Nenhum número conectado.', remedy: 'Escaneie o QR Code para conectar.' },
  'unlinked-here': { sentence: 'O número foi desconectado aqui.', remedy: 'Para voltar, escaneie um novo QR Code.' },
  'unlinked-on-phone': {
    sentence: 'O número foi desconectado pelo celular.',
    remedy: 'Para voltar, escaneie um novo QR Code.',
  },
  'unlinked-by-whatsapp': {
    sentence: 'O WhatsApp desconectou este aparelho.',
    remedy: 'Para voltar, escaneie um novo QR Code.',
  },
  'qr-expired': {
    sentence: 'Os QR Codes desta tentativa expiraram sem serem escaneados.',
    remedy: 'Tente de novo com o celular já em Aparelhos Conectados.',
  },
  'link-cancelled': { sentence: 'A conexão foi cancelada.', remedy: 'Para conectar, escaneie um novo QR Code.' },
  'number-in-use': {
    sentence: 'Este número de telefone já está conectado a outro agente.',
    remedy: 'Desconecte-o do outro agente ou use outro número.',
  },
  'phone-code-refused': {
    sentence: 'O WhatsApp não deu um código para esse número.',
    remedy: 'Confira o número ou escaneie o QR Code. Depois de várias tentativas, espere uma hora.',
  },
  'phone-code-too-early': {
    sentence: 'O WhatsApp ainda não estava pronto para dar um código.',
    remedy: 'Peça um código de novo.',
  },
  'phone-code-too-often': {
    sentence: 'O WhatsApp quer uma pausa antes de dar outro código.',
    remedy: 'Espere uma hora ou escaneie o QR Code.',
  },
  'phone-code-not-offered': {
    sentence: 'O WhatsApp não deixa conectar esta conta com um código digitado.',
    remedy: 'Escaneie o QR Code.',
  },
  'phone-code-silent': {
    sentence: 'O WhatsApp não respondeu ao pedido de código.',
    remedy: 'Confira a internet deste computador e peça um código de novo.',
  },
  'phone-code-expired': {
    sentence: 'Os códigos desta tentativa expiraram sem conectar.',
    remedy: 'Tente de novo com o celular já em Aparelhos Conectados, Conectar com número de telefone.',
  },
  'passkey-required': {
    sentence:
      'O WhatsApp pede uma chave de acesso (passkey) para conectar esta conta, e esse passo está desligado aqui.',
    remedy: 'Ligue-o nas opções, em Ajustes, ou use outro número.',
  },
  'passkey-not-given': {
    sentence: 'O navegador não trouxe a chave de acesso: foi recusada, não foi achada, ou a aba foi fechada.',
    remedy: 'Tenha à mão o celular com a chave, e tente de novo.',
  },
  'passkey-refused': {
    sentence: 'O WhatsApp não aceitou a chave de acesso.',
    remedy: 'Use a chave desta mesma conta. Depois de duas tentativas, espere algumas horas.',
  },
  'passkey-expired': {
    sentence: 'O tempo que o WhatsApp dá para este passo acabou.',
    remedy: 'Escaneie um novo QR Code quando tiver o celular e a chave de acesso à mão.',
  },
  'passkey-silent': {
    sentence: 'A chave de acesso foi enviada, e depois o WhatsApp não disse mais nada.',
    remedy: 'Deixe o WhatsApp aberto no celular e escaneie de novo. Depois de duas tentativas, espere algumas horas.',
  },
  'passkey-mismatch': {
    sentence: 'Os códigos não eram iguais, e nada foi conectado.',
    remedy: 'Escaneie de novo só numa rede em que você confia.',
  },
  'link-failed': {
    sentence: 'A conexão não foi concluída, e o WhatsApp não disse por quê.',
    remedy: 'Espere um minuto e tente de novo.',
  },
  unlinking: {
    sentence: 'Desconectando: falta o WhatsApp confirmar a saída deste aparelho.',
    remedy: 'O relay continua tentando sozinho. Você também pode remover o aparelho no celular.',
  },
  'unlink-unconfirmed': {
    sentence: 'A saída foi abandonada: o WhatsApp nunca a confirmou. Este relay já não tem o número.',
    remedy: 'Olhe no celular, em Aparelhos Conectados, e remova o Recado se ele ainda aparecer.',
  },
  replaced: {
    sentence: 'Outro programa assumiu esta conexão.',
    remedy: 'Feche o outro programa que usa esta mesma conexão e então retome aqui.',
  },
  'banned-until': {
    sentence: 'O WhatsApp suspendeu esta conta até {until}.',
    remedy: 'Abra o WhatsApp no celular e veja o aviso. Escanear de novo não ajuda.',
  },
  banned: {
    sentence: 'O WhatsApp bloqueou esta conta ou ela passou para outro celular.',
    remedy: 'Abra o WhatsApp no celular e siga o que ele disser. Escanear de novo não ajuda.',
  },
  'relay-outdated': {
    sentence: 'O WhatsApp não aceita mais esta versão do Recado.',
    remedy: 'Atualize o Recado.',
  },
  'multi-device-off': {
    sentence: 'Esta conta ainda não permite aparelhos conectados.',
    remedy: 'No celular, abra Configurações, Aparelhos Conectados e ative o recurso.',
  },
  unreachable: {
    sentence: 'Não foi possível alcançar o WhatsApp. O relay tenta de novo automaticamente.',
    remedy: 'Confira a internet deste computador.',
  },
  'server-not-trusted': {
    sentence: 'O servidor que respondeu não provou ser o WhatsApp.',
    remedy: 'Confira se uma rede, um proxy ou um antivírus está interceptando a conexão.',
  },
  'queue-stuck': {
    sentence: 'O WhatsApp tem mais mensagens para este aparelho e não as entrega. O relay tenta de novo sozinho.',
    remedy:
      'Enquanto não forem lidas, ninguém é respondido, para não repetir nada nem passar por cima do que você escreveu.',
  },
  'connection-lost': {
    sentence: 'A conexão com o WhatsApp caiu. O relay tenta de novo automaticamente.',
    remedy: '',
  },
  disk: {
    sentence: 'O disco deste computador está cheio ou não aceita escrita: nada é recebido nem respondido.',
    remedy: 'Libere espaço. O relay então continua sozinho; o que chegar até lá espera no WhatsApp.',
  },
  'whatsapp-unavailable': {
    sentence: 'O WhatsApp respondeu com um erro. O relay tenta de novo automaticamente.',
    remedy: '',
  },
};

/** What is told besides a link's state. */
export const linkNotes: LinkNoteWords = {
  restricted: 'O WhatsApp restringiu conversas novas deste número até {until}. Até lá elas ficam sem resposta.',
  'restricted-openly':
    'O WhatsApp recusa as respostas deste número e não diz até quando. O Recado tenta de novo com a primeira mensagem depois das {at}.',
  'clock-ahead':
    'O relógio deste computador está {minutes} minutos adiantado. As mensagens seguem o relógio do WhatsApp; acerte o seu nas configurações do computador.',
  'clock-behind':
    'O relógio deste computador está {minutes} minutos atrasado. As mensagens seguem o relógio do WhatsApp; acerte o seu nas configurações do computador.',
};

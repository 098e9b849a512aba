/** Portuguese (Brazil): what is asked before a number is unlinked, and who is answered. */
export const questions = {
  unlink: {
    ask: 'Desconectar {number}?',
    leaves: 'O Recado sai dos Aparelhos Conectados do seu WhatsApp e as chaves são apagadas daqui.',
    back: 'Para voltar, escaneie o QR Code de novo.',
    chats: 'As conversas do seu celular não mudam.',
    pause: 'Só quer uma pausa? Desligado já basta: nada é respondido e o número continua conectado.',
  },
  scope: {
    ask: 'A quem o agente responde?',
    'unknown-people': 'Só quem não está nos meus contatos',
    everyone: 'Todos que escreverem',
    listed: 'Só as conversas que eu escolher',
    note: 'Os contatos são os do seu WhatsApp. No menu, em Quem é respondido, você pode escolher conversa por conversa, e essa escolha vale mais.',
  },
};

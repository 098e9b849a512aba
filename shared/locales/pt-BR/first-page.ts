/** Portuguese (Brazil): the page that opens once, after the extension is installed. */
import type { FirstPageWords } from '../words.ts';

export const firstPage: FirstPageWords = {
  title: 'Boas-vindas ao Recado',
  steps: { begin: 'Começar', pin: 'Fixar', link: 'Conectar', on: 'Ligar' },
  stepsLabel: 'Passos',
  fine: 'Usa uma biblioteca não oficial: pode falhar às vezes, e a Meta pode mudar as regras a qualquer momento.',
  pin: {
    title: 'Fixe o Recado na barra',
    lede: 'É por ele que você vê e muda tudo.',
    puzzle: 'Clique na peça de quebra-cabeça',
    pin: 'Ao lado de Recado, clique no alfinete',
    waits: 'Esperando você fixar',
    later: 'Fixar depois',
  },
  link: { title: 'Conecte seu número', lede: 'O celular escaneia um código que aparece aqui. Deixe-o à mão.' },
  on: {
    title: 'Quem o agente responde?',
    about: {
      'unknown-people': 'Família, amigos e clientes salvos ficam com você.',
      listed: 'Começa sem ninguém; você escolhe uma a uma.',
      everyone: 'Família e trabalho incluídos. Grupos ficam de fora.',
    },
    on: 'Ligar',
    off: 'Deixar desligado',
    each: 'Cada conversa pode ter sua regra.',
  },
  end: {
    title: 'Daqui em diante, fica na barra',
    lit: 'O bilhete aceso quer dizer: alguém que escrever agora recebe resposta. Apagado, só você responde.',
    rules: 'Por enquanto ele usa respostas prontas, sem conta e sem custo.',
    chooseAgent: 'Escolher um agente com IA',
    close: 'Fechar',
  },
  stopped: { title: 'O Recado não está rodando', lede: 'A página continua sozinha quando ele voltar.' },
};

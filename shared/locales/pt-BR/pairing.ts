/** Portuguese (Brazil): pairing a browser. */
import type { PairingWords } from '../words.ts';

export const pairing: PairingWords = {
  begin: {
    title: 'Um agente responde no seu WhatsApp',
    lede: 'Ele só fala com quem escreveu antes, e só enquanto você deixar ligado. O Recado fica neste computador.',
    ready: 'Pronto neste computador',
    act: 'Começar',
    acting: 'Começando…',
    byCode: 'Tenho um código do Terminal',
    withoutCode: 'Começar sem código',
    faults: {
      absent:
        'O Recado não está instalado neste computador, ou não para este navegador. A linha para o Terminal também o inicia.',
      denied:
        'O navegador não deixou o Recado iniciar o programa dele. Clique em Começar de novo e permita, ou use um código.',
      'not-allowed': 'O programa que está neste computador é de outra versão do Recado. Instale o Recado de novo.',
      unsafe:
        'Outros usuários podem ter mexido no programa do Recado neste computador; por isso ele não foi iniciado. Instale o Recado de novo.',
      'not-started': 'O programa do Recado não iniciou. Tente de novo; se continuar assim, instale o Recado de novo.',
    },
  },
  title: 'Primeiro, ligue o relay',
  lede: 'É um programa pequeno que fica neste computador e cuida da conexão com o WhatsApp. O nome dele é relay.',
  foundTitle: 'Digite o código do Terminal',
  foundLede: 'O relay está rodando neste computador. Falta só parear este navegador: dizer ao relay que ele é seu.',
  pin: 'Para ter o Recado sempre à vista, clique na peça de quebra-cabeça da barra e no alfinete ao lado de Recado.',
  forgotten:
    'Tudo foi esquecido: os números foram desconectados, e chaves, conversas e cópias foram apagadas. Para recomeçar, pareie este navegador.',
  forgottenButLogouts:
    'Tudo aqui foi esquecido, menos o que avisa ao WhatsApp que seus aparelhos saíram: agora não dá para falar com o WhatsApp. Isso é apagado quando o WhatsApp souber, em até 14 dias. Para recomeçar, pareie este navegador.',
  stepStartHere: 'Cole esta linha no Terminal',
  stepStart: 'No Terminal, na pasta do Recado, cole esta linha',
  stepCode: 'Digite o código que aparecer lá',
  another: 'O código expirou?',
  anotherText: 'Em outro Terminal, peça outro com esta linha',
  codeHint: 'São 10 letras e números. O código vale por 2 minutos, uma vez só.',
  codeShown:
    'O Terminal em que o relay roda mostra o código agora. São dez letras e números, valem 2 minutos e uma vez só.',
  showAnother: 'Mostrar outro no Terminal',
  askLine: 'Peça um código com esta linha no Terminal',
  askLineIn: 'Peça um código: no Terminal, na pasta do Recado, cole esta linha',
  where: 'Onde fica o Terminal?',
  whereText: 'No Windows, aperte a tecla Windows e digite Terminal. No Mac, aperte ⌘ e espaço e digite Terminal.',
  act: 'Parear este navegador',
  pairing: 'Pareando…',
  port: 'O relay está em outra porta?',
  portText: 'Número da porta, como o relay mostra ao iniciar',
  refusals: {
    'pair-again': 'O relay não reconhece mais este navegador. Pareie de novo.',
    'not-your-relay':
      'Este relay não é o que você pareou. Nada foi enviado a ele. Se você trocou de relay, pareie de novo.',
    'other-version': 'A extensão e o relay são de versões diferentes. Atualize os dois.',
  },
  faults: {
    'not-a-port': 'A porta é um número de 1 a 65535. O relay a mostra ao iniciar.',
    'not-a-code': 'Isto não é um código completo. São 10 letras e números.',
    'no-relay': 'O relay não responde neste computador. Ele está rodando?',
    'wrong-code': 'Este código não confere. Compare com o último que o Terminal mostra, ou peça outro.',
    'no-code': 'Não há código válido agora. Peça um novo no Terminal.',
    crowded:
      'Outro programa não para de se conectar ao relay. Tente de novo; se acontecer outra vez, feche os outros programas e extensões.',
    'too-many': 'Já há 8 navegadores pareados. Remova um no Terminal, com recado clients.',
    'not-your-relay': 'O programa que respondeu não é o relay do Recado. Nada foi pareado.',
    'other-version': 'A extensão e o relay são de versões diferentes. Atualize os dois.',
  },
  noRelay: {
    crowded: 'Recado aberto em janelas demais',
    crowdedText: 'Feche outra janela ou aba do Recado. O relay está rodando, e o agente continua como estava.',
    last: 'Última situação conhecida',
    number: 'Número',
    link: 'Conexão',
    agent: 'Agente',
    again: 'Para ligar de novo, cole no Terminal',
    wake: 'Ligar o Recado',
    waking: 'Ligando…',
    retry: 'Tentar agora',
    byItself: 'O Recado também tenta sozinho, a cada 5 segundos.',
  },
};

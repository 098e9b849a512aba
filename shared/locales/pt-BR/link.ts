/** Portuguese (Brazil): the popup's screens about the link: the code, a number in use, a connection that keeps falling. */
import type { LinkWords } from '../words.ts';

export const link: LinkWords = {
  more: 'Mais sobre isso',
  linking: {
    byLetters: 'Sem câmera? Use um código',
    number: 'O número desse celular',
    numberHint: 'Com o código do país, como +55 11 99999-0001',
    getLetters: 'Pedir um código',
    newCode: 'Pedir outro código',
    wrongNumber: 'Isto não é um número completo. Comece pelo código do país.',
    phoneCodeStep: 'Toque em Conectar com número de telefone e digite este código:',
    fresh: 'Novo: por enquanto, testado só num WhatsApp simulado.',
    passkeyText:
      'O WhatsApp quer mais uma prova para esta conta: uma chave de acesso, que só o navegador pode trazer. Uma aba vai abrir e mostrar cada passo.',
    steps: [
      'No celular, abra o WhatsApp',
      'Toque em Configurações (no Android: ⋮)',
      'Toque em Aparelhos Conectados',
      'Toque em Conectar um aparelho',
    ],
    preparing: 'Pedindo um código ao WhatsApp…',
    code: 'Código {number} de {of}',
    seconds: '· {seconds} s',
    read: 'Código lido. Termine no celular.',
    readText: 'Se o WhatsApp pedir, confirme. Deixe-o aberto até seu número aparecer aqui.',
    cancelAfterScan: 'Se você cancelar agora, a conexão é concluída e desfeita em seguida.',
    opening: 'Conectando ao WhatsApp…',
  },
  inUse: {
    take: 'Usar o {number}, que está com {name}',
    handOver: 'Passar o número para {name}',
    open: 'Abrir {name}',
    heading: 'Número de Telefone Já em Uso',
    sign: 'Não deu para conectar',
    undone: 'Esta conexão foi desfeita. O outro agente continua com o número, como antes.',
    other: 'Esta conexão foi desfeita. O agente {name} continua com {number}, como antes.',
    each: 'Cada número fica com um agente só. Você pode:',
    otherNumber: 'escanear com outro número; ou',
    freeIt: 'desconectar este número do outro agente e escanear de novo.',
  },
  unsteady: {
    heading: 'Conexão Fica Reconectando',
    fell: 'Caiu {count} vezes na última hora. Faça nesta ordem:',
    inOrder: 'A conexão ainda não voltou. Faça nesta ordem:',
    internet: 'Veja se o celular está com internet',
    background: 'Deixe o WhatsApp rodando em segundo plano',
    relink: 'Desconecte e escaneie o QR Code de novo',
    restart: 'Feche e abra o WhatsApp no celular',
  },
  advice: {
    library:
      'O Recado usa uma biblioteca não oficial: pode haver instabilidade ocasional, e a Meta pode mudar as regras a qualquer momento.',
    dedicatedNumberHeading: 'Importante: Use um Número Dedicado',
    dedicatedNumber:
      'Enquanto estiver conectado, tudo o que esse número recebe passa pelo agente, família e trabalho incluídos.',
    linkSteps: 'WhatsApp → Configurações → Aparelhos Conectados → Conectar um aparelho',
    replyOnly: 'Só responde',
    replyOnlyText: 'O agente nunca começa uma conversa: fala só com quem escreveu antes.',
    beta: 'Usa uma biblioteca não oficial: pode falhar às vezes, e a Meta pode mudar as regras a qualquer momento. Um número por agente.',
  },
};

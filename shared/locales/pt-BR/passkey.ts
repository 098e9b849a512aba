/** Portuguese (Brazil): the page of a linking that WhatsApp asks a passkey for. */
import type { PasskeyWords } from '../words.ts';

export const passkey: PasskeyWords = {
  title: 'Conectar com chave de acesso',
  fresh: 'Novo: ainda não provado em todas as contas',
  looking: 'Procurando o relay…',
  why: 'O WhatsApp pede uma chave de acesso',
  whyText:
    'Para algumas contas o WhatsApp quer mais uma prova antes de conectar um aparelho. Seu celular está esperando por ela. Só um navegador pode trazê-la, e só na página do próprio WhatsApp.',
  steps: [
    'O navegador pergunta se o Recado pode usar web.whatsapp.com. O Recado devolve essa permissão logo depois.',
    'Uma página pequena do WhatsApp abre em outra aba. Clique no botão dela.',
    'O navegador pede a sua chave de acesso (passkey). Se ela está no celular, o navegador mostra um QR Code dele: escaneie com a câmera do celular, com o Bluetooth ligado nos dois.',
    'Deixe o WhatsApp aberto no celular até o seu número aparecer aqui.',
  ],
  compareLater: 'No fim, o celular e esta página mostram um código. Eles têm de ser iguais.',
  neverSeen:
    'O Recado nunca vê a chave de acesso. Ele só passa ao WhatsApp a assinatura que o navegador faz com ela, e não guarda nada disso.',
  go: 'Continuar',
  again: 'Não deu certo',
  tryAgain: 'Tentar mais uma vez',
  notPermitted: 'Sem essa permissão o navegador não pode usar a chave. Nada foi enviado; você pode tentar de novo.',
  notNow: 'Este passo já não é esperado. Veja o Recado na barra do navegador e escaneie um novo QR Code.',
  elsewhere: 'Esta conexão começou em outro navegador. Continue lá, ou cancele e comece aqui.',
  wait: 'Continue na outra aba e no celular',
  compare: 'O celular mostra o mesmo código?',
  compareText: 'Diga que sim só se os oito caracteres forem iguais. Senão, pode haver alguém no meio.',
  shown: 'Se o celular mostrar um código, ele tem que ser este. Confirme no celular; se for outro, cancele aqui.',
  same: 'Sim, é igual',
  notSame: 'Não, é outro',
  done: '{number} está conectado',
  doneText: 'Pode fechar esta aba. O Recado está na barra do navegador, e só responde depois que você ligar.',
  open: 'Abrir o Recado',
  failed: 'O número não foi conectado',
  nothing: 'Não há nada a fazer aqui agora',
  nothingText:
    'Esta página serve para conectar um número do qual o WhatsApp pede uma chave de acesso. Comece pelo Recado, na barra do navegador.',
  tab: {
    title: 'Um passo para o WhatsApp',
    text: 'O navegador vai pedir a chave de acesso da sua conta do WhatsApp. Esta aba fecha sozinha.',
    act: 'Usar minha chave de acesso',
  },
};

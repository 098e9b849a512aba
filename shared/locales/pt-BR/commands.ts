/** Portuguese (Brazil): why a command was not done. */
import type { CommandWords } from '../words.ts';

export const commands: CommandWords = {
  'bad-request': {
    sentence: 'O relay não entendeu o pedido.',
    remedy: 'Use a mesma versão do Recado dos dois lados: reinicie o relay.',
  },
  'bad-value': { sentence: 'Assim não dá; nada mudou.', remedy: 'Corrija e tente de novo.' },
  'passkey-not-now': {
    sentence: 'Agora nenhuma chave de acesso é esperada.',
    remedy: 'Escaneie um novo QR Code e comece de novo.',
  },
  'passkey-elsewhere': {
    sentence: 'Esta conexão começou em outro navegador.',
    remedy: 'Continue lá, ou cancele e comece aqui.',
  },
  'unknown-command': {
    sentence: 'O relay não conhece este comando.',
    remedy: 'Use a mesma versão do Recado dos dois lados: reinicie o relay.',
  },
  'no-such-agent': { sentence: 'Não há nenhum agente com esse nome.', remedy: 'Veja os nomes com: {recado} agents' },
  'which-agent': {
    sentence: 'Há mais de um agente, e falta dizer qual.',
    remedy: 'Veja os nomes com: {recado} agents',
  },
  'no-such-chat': {
    sentence: 'Isso não é uma conversa, nem um número de telefone, nem um nome de usuário conhecido.',
    remedy:
      'Veja as conversas com: {recado} chats. O número começa com o código do país; um @nome vale quando já aparece nessa lista.',
  },
  'no-such-client': {
    sentence: 'Nenhum navegador está pareado com este código.',
    remedy: 'Veja quais há com: {recado} clients.',
  },
  'nothing-unanswered': {
    sentence: 'Nada desta conversa ficou sem resposta.',
    remedy: 'Veja o que ficou com: {recado} unanswered',
  },
  'group-not-answered': {
    sentence: 'Grupos não são respondidos; por isso este não pode ser escolhido.',
    remedy: 'Escolha conversas com pessoas. Veja-as com: {recado} chats',
  },
  'may-not-answer': { sentence: 'Esta conversa não pode ser respondida agora.', remedy: 'Veja: {recado} why' },
  'not-linked': {
    sentence: 'Este agente não está conectado a nenhum número.',
    remedy: 'Para conectar: {recado} link',
  },
  'already-linked': {
    sentence: 'Este agente já está conectado a um número.',
    remedy: 'Para trocar de número, desconecte primeiro: {recado} unlink',
  },
  'who-is-answered': {
    sentence: 'É a primeira vez que este agente é ligado: falta dizer quem deve ser respondido.',
    remedy:
      'Use --answer unknown-people (só quem não está nos seus contatos), listed (só as conversas escolhidas com: {recado} chats answer) ou everyone (todos).',
  },
  'name-taken': { sentence: 'Já existe um agente com esse nome.', remedy: 'Escolha outro nome.' },
  'bad-settings': {
    sentence: 'As configurações do agente não servem; nada mudou.',
    remedy: 'Corrija e tente de novo.',
  },
  'key-again': {
    sentence: 'Falta a chave: o endereço do agente mudou, e a chave guardada é do antigo.',
    remedy: 'Informe a chave do endereço novo, ou apague a guardada.',
  },
  'last-agent': { sentence: 'Este é o único agente.', remedy: 'Adicione outro antes, ou edite este.' },
  'no-price': {
    sentence: 'Não dá para contar o gasto deste agente nesta moeda: nenhum preço nela é conhecido.',
    remedy:
      'Informe quanto custa um milhão de tokens nesta moeda, ou defina um limite de tokens. Com um agente que não informa seus tokens, nenhum dos dois funciona.',
  },
  'no-such-file': { sentence: 'Não há nenhum arquivo com esse nome.', remedy: 'Veja quais existem.' },
  'reads-no-files': {
    sentence: 'Este tipo de agente não lê arquivos do Recado.',
    remedy: 'Coloque-os onde o agente foi criado.',
  },
  'files-too-large': {
    sentence: 'Os arquivos são grandes demais, ou muitos.',
    remedy: 'Cada um pode ter 64 kB; todos juntos, 256 kB, em até 20 arquivos.',
  },
  'file-broken': { sentence: 'O arquivo não chegou inteiro; nada mudou.', remedy: 'Adicione de novo.' },
  'no-such-setting': {
    sentence: 'Não há nenhum ajuste com esse nome.',
    remedy: 'Veja todos com: {recado} settings',
  },
  'setting-refused': {
    sentence: 'Este valor não serve; nada mudou.',
    remedy: 'Escolha um dentro dos limites do ajuste.',
  },
  'setting-fixed': {
    sentence: 'Este ajuste vem da linha de comando ou do ambiente, e não muda por aqui.',
    remedy: 'Inicie o relay sem essa opção, ou mude-a ali.',
  },
  'settings-unreadable': {
    sentence: 'O arquivo settings.json do relay não pode ser lido; nada mudou.',
    remedy: 'Corrija-o ou tire-o do diretório de dados.',
  },
  'store-failed': {
    sentence: 'O relay não conseguiu gravar seus dados.',
    remedy: 'Confira o disco com: {recado} doctor',
  },
  'disk-full': {
    sentence: 'O disco está cheio.',
    remedy: 'Libere espaço: o relay continua sozinho, e nada se perdeu.',
  },
  'disk-read-only': { sentence: 'O disco não aceita escrita.', remedy: 'Veja a pasta de dados com: {recado} doctor' },
  failed: {
    sentence: 'O relay não conseguiu fazer isso.',
    remedy: 'O arquivo relay.log no diretório de dados diz mais.',
  },
};

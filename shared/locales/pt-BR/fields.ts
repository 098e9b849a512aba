/** Portuguese (Brazil): what an agent's fields and the relay's settings are called and mean. */
import type { FieldWords } from '../shapes.ts';

export const fields: FieldWords = {
  adapters: {
    'built-in': {
      label: 'Respostas prontas',
      meaning: 'Responde a palavras que você escolhe, neste computador. Sem conta e sem chave.',
    },
    'openai-compatible': { label: 'OpenAI e parecidos', meaning: 'OpenAI, OpenRouter, Ollama, LM Studio, vLLM' },
    sippulse: { label: 'SipPulse AI', meaning: 'Um agente da sua conta SipPulse' },
    webhook: { label: 'Webhook', meaning: 'n8n ou um endereço seu' },
  },
  fields: {
    language: { label: 'Idioma das respostas prontas', meaning: 'O idioma em que ele responde.' },
    greeting: { label: 'Saudação', meaning: 'Enviada quando uma conversa começa.' },
    away: { label: 'Mensagem de ausência', meaning: 'Enviada entre os dois horários abaixo.' },
    awayFrom: { label: 'Ausente a partir de', meaning: 'Hora deste computador, como 22:00.' },
    awayUntil: { label: 'Ausente até', meaning: 'Hora deste computador, como 07:00.' },
    repeatHours: {
      label: 'Repetir depois de',
      meaning: 'Depois de quantas horas a saudação ou a ausência pode ser enviada de novo na mesma conversa.',
    },
    rules: {
      label: 'Palavras e respostas',
      meaning: 'Vale a primeira que combinar. Acentos e maiúsculas não fazem diferença.',
    },
    baseUrl: {
      label: 'Endereço',
      meaning: 'O endereço da API; em geral termina em /v1. Como https://api.openai.com/v1',
    },
    'sippulse.baseUrl': { label: 'Endereço', meaning: 'Da plataforma. Raramente muda.' },
    model: { label: 'Modelo', meaning: 'O nome do modelo, como aparece no servidor.' },
    instructions: { label: 'Instruções', meaning: 'O que o agente deve saber e como deve responder.' },
    agentId: { label: 'Código do agente', meaning: 'Como aparece na SipPulse: agt_…' },
    prefix: { label: 'Parte do endereço', meaning: 'O que vem antes de /threads. Pode ficar vazio.' },
    url: { label: 'Endereço', meaning: 'Recebe as mensagens e devolve a resposta.' },
    keyUse: { label: 'Para que serve a chave', meaning: 'De que forma ela vai junto com o envio.' },
    headerName: { label: 'Nome do cabeçalho', meaning: 'Em que cabeçalho a chave vai.' },
    onlyReceives: { label: 'O fluxo só recebe mensagens', meaning: 'Ele não responde nada, e é assim mesmo.' },
    runAgain: { label: 'Uma execução lenta pode começar de novo', meaning: 'A primeira pode continuar mesmo assim.' },
    allowPrivateHttp: {
      label: 'Permitir http na rede local',
      meaning: 'Para um servidor em outro computador da sua rede. A conexão não é criptografada.',
    },
    key: { label: 'Chave de API', meaning: 'Servidores neste computador às vezes não pedem chave.' },
    'sippulse.key': { label: 'Chave de API', meaning: 'Na SipPulse: Configurações, API Keys.' },
    'webhook.key': { label: 'Chave', meaning: 'Assina ou autentica o envio.' },
  },
  choices: {
    'keyUse.signature': 'Assina o envio',
    'keyUse.header': 'Vai num cabeçalho',
    'keyUse.basic': 'É usuário:senha',
    'language.pt-BR': 'Português',
    'language.en': 'English',
    'language.es': 'Español',
    no: 'não',
    yes: 'sim',
    'logLevel.silent': 'nada',
    'logLevel.error': 'só falhas',
    'logLevel.warn': 'falhas e avisos',
    'logLevel.info': 'o normal',
    'logLevel.debug': 'tudo',
  },
  settings: {
    passkeyLinking: {
      label: 'Conectar com chave de acesso',
      meaning: 'Quando o WhatsApp pede uma. Novo: ainda não testado em todas as contas.',
    },
    gatherSeconds: {
      label: 'Juntar mensagens seguidas',
      meaning: 'Espera a pessoa terminar de escrever antes de perguntar ao agente.',
    },
    piecesSeconds: {
      label: 'Esperar por mais mensagens',
      meaning:
        'A resposta sai no mínimo este tempo depois da última mensagem: quem escreve em pedaços recebe uma resposta só.',
    },
    freshMinutes: {
      label: 'Responder só a mensagens novas',
      meaning: 'Mensagens mais antigas que isto não são respondidas.',
    },
    takeoverMinutes: {
      label: 'Quando você escreve ou assume',
      meaning: 'Por quanto tempo o agente fica fora dessa conversa. 0: só sai quando você assume, por 15 minutos.',
    },
    paceSeconds: {
      label: 'Ritmo de escrita',
      meaning: 'O tempo máximo que parece levar para escrever uma resposta. 0: sai na hora.',
    },
    gapSeconds: { label: 'Entre duas mensagens', meaning: 'O tempo mínimo entre uma resposta e outra.' },
    readReceipts: {
      label: 'Marcar como lida',
      meaning: 'As mensagens respondidas ficam como lidas. O celular não toca mais por elas.',
    },
    automaticWords: {
      label: 'Saudações do WhatsApp Business',
      meaning: 'A saudação ou a mensagem de ausência que ele envia por você não tira a conversa do agente.',
    },
    typing: { label: 'Mostrar “digitando”', meaning: 'Só enquanto uma resposta está mesmo sendo escrita.' },
    brakeShortAnswers: {
      label: 'Limite em pouco tempo: respostas',
      meaning: 'Por conversa. Só dá para diminuir.',
    },
    brakeShortSeconds: { label: 'Limite em pouco tempo: duração', meaning: 'Só dá para aumentar.' },
    brakeLongAnswers: { label: 'Limite em mais tempo: respostas', meaning: 'Por conversa. Só dá para diminuir.' },
    brakeLongMinutes: { label: 'Limite em mais tempo: duração', meaning: 'Só dá para aumentar.' },
    brakeHourAnswers: { label: 'Limite por hora: respostas', meaning: 'Por conversa. Só dá para diminuir.' },
    brakeLoopTurns: {
      label: 'Conversa com outro robô',
      meaning: 'Depois de quantas mensagens seguidas que parecem de um programa o agente para. Só dá para diminuir.',
    },
    chatTokensPercent: {
      label: 'Tokens de uma conversa',
      meaning: 'A parte do limite do dia que uma conversa sozinha pode gastar, em porcentagem.',
    },
    brakeMinutes: {
      label: 'Pausa depois de um limite',
      meaning: 'Por quanto tempo a conversa fica em pausa. Só dá para aumentar.',
    },
    agentSeconds: { label: 'Tempo do agente', meaning: 'Por quanto tempo ele pode pensar numa resposta.' },
    giveUpMinutes: { label: 'Desistir de enviar', meaning: 'Uma resposta que não saiu até lá é descartada.' },
    contextLines: { label: 'Memória da conversa', meaning: 'Quantas mensagens anteriores o agente vê.' },
    dailyAnswers: {
      label: 'Respostas por dia',
      meaning: 'De cada agente. Ao chegar ao limite, ele se desliga até você ligar.',
    },
    dailyTokens: {
      label: 'Tokens por dia',
      meaning: 'De cada agente. Ao chegar ao limite, ele se desliga até você ligar.',
    },
    keepTextsDays: { label: 'Guardar textos para o contexto', meaning: 'Depois disso são apagados.' },
    language: { label: 'Idioma do relay', meaning: 'O idioma do Terminal e das respostas prontas.' },
    port: {
      label: 'Porta do relay',
      meaning: 'Em 127.0.0.1. Se mudar aqui, mude também em Navegadores. 0: qualquer porta livre.',
    },
    logLevel: { label: 'Detalhe do registro', meaning: 'O que vai para o arquivo relay.log.' },
    proxy: {
      label: 'Proxy',
      meaning: 'Entre este computador e a internet, como proxy.example:3128. “none”: sem proxy.',
    },
    noProxy: { label: 'Sem proxy', meaning: 'Nomes alcançados diretamente, separados por vírgulas.' },
    systemCertificates: {
      label: 'Certificados deste computador',
      meaning: 'Confia também no que este computador confia: a rede de uma empresa, um antivírus.',
    },
    whatsappVersion: { label: 'Versão do WhatsApp Web', meaning: 'A que o relay anuncia. Vazio: a que foi testada.' },
    qrSeconds: { label: 'Duração de um QR Code', meaning: 'Por quanto tempo cada código fica na tela.' },
    qrCodes: { label: 'QR Codes por tentativa', meaning: 'Depois disso a tentativa termina.' },
    qrGraceSeconds: { label: 'QR Code anterior', meaning: 'Por quanto tempo um código já trocado ainda vale.' },
    panelGraceSeconds: {
      label: 'Janela do QR Code fechada',
      meaning: 'Por quanto tempo a tentativa continua depois que a janela fecha.',
    },
    connectSeconds: { label: 'Abrir a conexão', meaning: 'Quanto tempo o WhatsApp pode demorar para abrir.' },
    keepAliveSeconds: {
      label: 'Teste da conexão',
      meaning: 'De quanto em quanto tempo uma conexão sem movimento é testada.',
    },
    querySeconds: {
      label: 'Resposta do WhatsApp',
      meaning: 'Quanto tempo ele pode demorar para responder a um pedido.',
    },
    ackSeconds: { label: 'Confirmação de envio', meaning: 'Quanto tempo esperar por ela antes de enviar de novo.' },
    backoffFirstSeconds: { label: 'Reconectar: primeira espera', meaning: 'Antes de reconectar pela primeira vez.' },
    backoffFactor: {
      label: 'Reconectar: aumento da espera',
      meaning: 'Quantas vezes cada espera é maior que a anterior.',
    },
    backoffMostSeconds: { label: 'Reconectar: maior espera', meaning: 'Entre duas tentativas de reconectar.' },
    stableSeconds: {
      label: 'Conexão estável',
      meaning: 'Quanto tempo ela deve durar para as esperas voltarem ao começo.',
    },
    outdatedMinutes: { label: 'Versão recusada', meaning: 'Quanto tempo esperar antes de tentar de novo.' },
    unlinkDays: { label: 'Sair do WhatsApp', meaning: 'Por quanto tempo tentar uma saída que ele não confirmou.' },
    agentRetries: { label: 'Novas tentativas', meaning: 'Quando um agente não responde ao chamado.' },
    agentCalls: { label: 'Perguntas ao mesmo tempo', meaning: 'Quantas os agentes podem receber juntas.' },
    agentBodyKib: { label: 'Maior resposta lida', meaning: 'O que passa disso não é lido.' },
    answerCharacters: { label: 'Maior resposta enviada', meaning: 'Em caracteres.' },
    answerTexts: { label: 'Mensagens por resposta', meaning: 'No máximo.' },
    keepIdsDays: {
      label: 'Lembrar o que já chegou',
      meaning: 'Para nada ser respondido duas vezes. Só códigos, sem textos.',
    },
    keepSentDays: { label: 'Guardar respostas enviadas', meaning: 'Para celulares que as pedem de novo.' },
    home: {
      label: 'Pasta de dados',
      meaning: 'Onde o relay guarda os dados. Vazio: o lugar de costume deste sistema.',
    },
    whatsappUrl: { label: 'WhatsApp simulado', meaning: 'Para testes: o endereço, nesta máquina.' },
    whatsappRootKey: { label: 'Chave do WhatsApp simulado', meaning: 'Para testes: 64 dígitos hexadecimais.' },
  },
  units: {
    seconds: 'segundos',
    minutes: 'minutos',
    days: 'dias',
    count: '',
    factor: 'vezes',
    KiB: 'KiB',
    port: '',
  },
};

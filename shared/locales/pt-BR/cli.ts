/** Portuguese (Brazil): the command line. */
import type { CliWords } from '../words.ts';

export const cli: CliWords = {
  faults: {
    usage: { sentence: '{detail}', remedy: 'Veja como se usa com: {recado} --help' },
    'settings-wrong': { sentence: '{detail}', remedy: 'Veja todos os ajustes com: {recado} settings' },
    'relay-not-running': { sentence: 'O relay não está rodando.', remedy: 'Inicie-o em outro terminal: {start}' },
    'relay-silent': {
      sentence: 'O relay está aberto, mas não responde.',
      remedy: 'Espere um pouco. Se continuar assim, feche-o e inicie de novo: {start}',
    },
    'relay-in-use': {
      sentence: 'Outro relay já usa este diretório de dados.',
      remedy: 'Use o que já está rodando, ou pare-o antes; outro diretório se escolhe com RECADO_HOME.',
    },
    'port-taken': {
      sentence: 'Outro programa neste computador já usa a porta {port}.',
      remedy: 'Feche esse programa, ou escolha outra porta com RECADO_PORT.',
    },
    'port-refused': {
      sentence: 'Este computador reserva a porta {port} para si.',
      remedy: 'Escolha outra acima de 1023 com RECADO_PORT; o Windows reserva faixas inteiras.',
    },
    'relay-held': {
      sentence:
        'Outro programa está com os dados em {home} abertos: um backup, um antivírus ou um relay que está terminando.',
      remedy: 'Espere que ele termine e inicie de novo: {start}',
    },
    'relay-damaged': {
      sentence: 'Os dados do relay estão danificados. Ele não inicia, para não criar uma identidade nova.',
      remedy: 'Restaure uma cópia do diretório {home}, ou mova-o para outro lugar e conecte os números de novo.',
    },
    'relay-lost': {
      sentence:
        'O relay tinha dados aqui, e eles sumiram, estão vazios ou são de outro relay. Ele não inicia, para não criar uma identidade nova.',
      remedy:
        'Devolva uma cópia de recado.sqlite a {home}. Para recomeçar de propósito, mova {home} para outro lugar, inicie de novo e remova o aparelho antigo no celular, em Aparelhos Conectados.',
    },
    'home-not-ours': {
      sentence: '{place} não está vazio, e o que há nele não é de um relay.',
      remedy: 'Escolha um diretório vazio ou novo com RECADO_HOME.',
    },
    'home-not-a-file': {
      sentence: 'Há outra coisa no lugar de {place}, como um link.',
      remedy: 'Mova-a para outro lugar, ou escolha outro diretório com RECADO_HOME.',
    },
    'home-not-owned': {
      sentence: '{place} é de outro usuário.',
      remedy: 'Inicie o relay como esse usuário, ou escolha um diretório seu com RECADO_HOME.',
    },
    'home-open-to-others': {
      sentence: 'Outros usuários podem escrever em {place}, então não dá para confiar no que há ali.',
      remedy: 'Confira, e feche com: chmod go-rwx {place}',
    },
    'relay-newer': {
      sentence: 'Os dados foram gravados por um Recado mais novo do que este.',
      remedy: 'Atualize o Recado.',
    },
    'relay-not-writable': {
      sentence: 'O relay não consegue gravar no diretório de dados {home}.',
      remedy: 'Confira dono e permissões do diretório, ou escolha outro com RECADO_HOME.',
    },
    'relay-disk-full': { sentence: 'O disco está cheio.', remedy: 'Libere espaço e inicie de novo.' },
    'relay-disk-failing': {
      sentence: 'Não foi possível ler ou gravar o disco de {home}.',
      remedy: 'Verifique esse disco: ele está montado e aceita escrita?',
    },
    'relay-failed': { sentence: 'O relay não iniciou.', remedy: 'Veja o que não está bem com: {recado} doctor' },
    'relay-crashed': {
      sentence: 'O relay encontrou um erro que não esperava e parou em ordem. Nada se perdeu.',
      remedy: 'Inicie de novo: {start}. O que houve está em relay.log, na pasta de dados.',
    },
    'odd-reply': {
      sentence: 'A resposta do relay não foi entendida.',
      remedy: 'Use a mesma versão do Recado dos dois lados: reinicie o relay.',
    },
    'no-attempt': {
      sentence: 'Nada foi conectado desde que o relay iniciou.',
      remedy:
        'Tente conectar mais uma vez e rode isto de novo: enquanto roda, o relay guarda as três últimas tentativas.',
    },
    'not-a-number': {
      sentence: 'Isto não é um número de telefone completo.',
      remedy: 'Comece pelo código do país, como 5511999990001.',
    },
    'link-rests': { sentence: '{detail}', remedy: '{remedy} Para escanear mesmo assim: {recado} link --again' },
    'key-as-argument': {
      sentence: 'Uma chave na linha de comando fica à vista de outros programas e no histórico.',
      remedy: 'Use --ask-key, --key-stdin ou --key-env NOME. Se a chave era real, troque-a.',
    },
    'key-empty': { sentence: 'Nenhuma chave foi lida.', remedy: 'Confira de onde ela deveria vir.' },
    'key-twice': { sentence: 'A chave vem de mais de um lugar.', remedy: 'Escolha só um deles.' },
    'file-unreadable': { sentence: 'Não deu para ler o arquivo {file}.', remedy: 'Confira o nome e onde ele está.' },
    'file-not-taken': {
      sentence: 'O arquivo {file} não é um que um agente consiga ler.',
      remedy: 'Salve como texto ou Markdown, com até 64 kB e algo escrito.',
    },
    'yes-needed': { sentence: 'Isto não tem volta, e aqui não há como perguntar.', remedy: 'Confirme com --yes.' },
    'install-unknown-system': {
      sentence: 'O Recado só pode ser instalado no Linux, no macOS e no Windows.',
      remedy: 'Neste sistema, inicie à mão: {start}',
    },
    'install-as-root': {
      sentence: 'Esta é a conta de administrador, e o Recado é de uma pessoa só.',
      remedy: 'Rode a mesma linha sem sudo.',
    },
    'install-unbuilt': {
      sentence: 'Não há aqui um programa pronto para instalar.',
      remedy: 'Inicie o Recado uma vez, que ele é montado: {start}',
    },
    'install-not-started': {
      sentence: 'O relay foi registrado, mas não inicia.',
      remedy: 'Veja o que há com: {recado} doctor. O registro é relay.log em {home}.',
    },
    'not-installed': {
      sentence: 'O Recado não está instalado neste computador.',
      remedy: 'Instale com: {recado} install',
    },
    'update-no-file': { sentence: 'O arquivo {file} não está lá.', remedy: 'Confira o nome e o lugar.' },
    'update-no-sum': {
      sentence: 'Não há com o que comparar {file}.',
      remedy: 'Ponha ao lado dele o arquivo SHA256SUMS da mesma versão, ou informe --sha256 com a soma publicada.',
    },
    'update-wrong-sum': {
      sentence: '{file} não é o arquivo que foi publicado, ou está incompleto. Nada mudou.',
      remedy: 'Baixe de novo.',
    },
    'update-not-ours': {
      sentence: '{file} não é uma versão do Recado para este tipo de computador. Nada mudou.',
      remedy: 'Baixe a deste sistema.',
    },
    'update-older': {
      sentence: 'A versão {version} é mais antiga que a instalada. Nada mudou.',
      remedy: 'Para voltar à versão anterior: {recado} update --back',
    },
    'update-taken-back': {
      sentence: 'A versão nova não iniciou. O Recado {version} está rodando de novo, com os dados como estavam.',
      remedy: 'Conte para nós o que diz o relay.log.',
    },
    'update-no-before': {
      sentence: 'Não há versão anterior a esta.',
      remedy: 'Uma versão fica aqui até a próxima atualização.',
    },
    'update-no-way-back': {
      sentence: 'A versão anterior não lê mais os dados. O Recado {version} continua.',
      remedy: 'Fique com esta versão, ou recomece: {recado} forget --all',
    },
    interrupted: { sentence: 'Interrompido.', remedy: '' },
  },
  installation: {
    copying: 'Copiando o Recado para o lugar definitivo…',
    purposes: {
      copied: 'Programa',
      registered: 'Registrado',
      host: 'O que os navegadores iniciam',
      browser: 'Para {browsers}',
      login: 'Inicia com a sessão',
      menu: 'Menu',
      command: 'Comando para o Terminal',
    },
    installed: 'O Recado está instalado e rodando. Nenhum Terminal precisa ficar aberto.',
    leftBehind: 'O que só este Terminal definiu não vai junto: {names}. Defina de vez no settings.json, ou nas Opções.',
    next: 'A seguir: clique no Recado na barra do navegador e em Começar. Como pôr a extensão lá: {recado} welcome',
    askUninstall: 'Desconectar os números e remover o Recado deste computador? [s/N] ',
    askErase: 'Apagar também os dados: agentes, chaves, conversas? Nada os traz de volta. [s/N] ',
    removed: 'Removido: {path}',
    goneWithData: 'O Recado e os dados dele foram apagados.',
    dataStay: 'O Recado foi removido. Os dados continuam em {home}.',
    onPhone:
      'Não deu para avisar ao WhatsApp que um aparelho saiu: no celular, em Aparelhos conectados, remova o Recado.',
    version: 'Recado {version} instalado: {path}',
    starters: {
      systemd: 'Inicia com a sessão, e de novo depois de uma falha (systemd).',
      launchd: 'Inicia com a sessão, e de novo depois de uma falha (launchd).',
      task: 'Inicia com a sessão (Agendador de Tarefas), e de novo depois de uma falha.',
      keeper: 'Inicia com a área de trabalho, e de novo depois de uma falha.',
    },
    runs: 'O relay está rodando.',
    rests: 'O relay não está rodando.',
    page: 'No navegador abre: {page}',
  },
  update: {
    begins: 'Atualizando o Recado de {from} para {to}…',
    done: 'O Recado {version} está instalado e rodando. A versão anterior fica até a próxima atualização: {recado} update --back',
  },
  start: {
    running: 'O relay está rodando em 127.0.0.1:{port}.',
    data: 'Dados: {home}',
    nextLink: 'Próximo passo: clique no Recado na barra do navegador. Sem navegador, em outro terminal: {recado} link',
    nextOn:
      'Próximo passo: ligue o agente no Recado, na barra do navegador. Sem navegador, em outro terminal: {recado} on',
    answering: 'Conectado e ligado. Para ver como está: {recado} status',
    toolbar: 'Na barra do navegador, uma vez só:',
    inChrome:
      'Chrome, Edge, Chromium: abra chrome://extensions, ligue o Modo do desenvolvedor, clique em Carregar sem compactação e escolha {folder}',
    inFirefox:
      'Firefox: abra about:debugging#/runtime/this-firefox, clique em Carregar extensão temporária e escolha {folder}/manifest.json',
    askCode: 'Depois peça um código com: {recado} pair',
    code: 'Clique no Recado na barra e digite {code} (vale 2 minutos; para outro: {recado} pair)',
    nextCode: 'Outro código: {code} (vale 2 minutos)',
    askedCode:
      'Um navegador pede um código: digite {code} no popup do Recado (vale 2 minutos). Se não foi você, não faça nada.',
    noMoreCodes: 'Ninguém digitou um código. Quando quiser parear: {recado} pair',
    restarted: 'O relay foi iniciado de novo em 127.0.0.1:{port}.',
    restarts: 'O relay reinicia agora. Para ver como está: {recado} status',
    toStop: 'Para parar: Ctrl-C. Nada se perde.',
    holders: {
      program: 'É o {name}, processo {pid}.',
      relay: 'É outro relay do Recado, de outra pasta ou de outro usuário.',
    },
    offer:
      'Para fechar este Terminal de vez: em outro, rode {recado} install. Daí em diante o Recado inicia sozinho quando você entra no computador.',
    stopping: 'Parando…',
    stopped: 'O relay parou.',
  },
  status: {
    switch: 'agente {state}',
    today: 'Hoje: mensagens {messages}, respostas {answers}, tokens {tokens}',
    ignored: 'Ignoradas enquanto desligado: {count}',
    retry: 'Próxima tentativa: {at}',
    triesAgain: 'O agente falhou; nova tentativa: {at}',
    scope: {
      'unknown-people': 'responde só a quem não está nos seus contatos',
      everyone: 'responde a todos',
      listed: 'responde só às conversas escolhidas',
    },
  },
  link: {
    phoneCode: 'Código {number}/{of}: {text}',
    letterSteps: 'Ali, toque em "Conectar com número de telefone" e digite o código.',
    sameAgain: 'O WhatsApp quer que você peça outro código. Para isso, rode o mesmo comando mais uma vez.',
    enterForCode: 'Aperte Enter para pedir outro código: ',
    passkey:
      'Esta conta precisa de um passo no navegador: abra o Recado na barra de um navegador pareado e continue lá. Este comando segue sozinho quando estiver feito.',
    follow: 'No celular: {steps}',
    code: 'QR Code {number}/{of}',
    left: 'vale mais {seconds} s',
    linked: 'Conectado: {number}',
    nextOn: 'O agente está desligado. Para ligar: {recado} on',
    cancelling: 'Cancelando…',
    toCancel: 'Ctrl-C cancela.',
    handedOver:
      'O número de {from} agora é de {to}. Nada foi escaneado de novo; veja quem ele responde com: {recado} status',
    reconnecting: 'Retomando a conexão. Para ver como está: {recado} status',
    unlinked: 'Desconectado. As credenciais foram apagadas.',
  },
  switch: {
    on: '{agent}: ligado.',
    off: '{agent}: desligado. O número continua conectado.',
    until: 'Volta a ligar sozinho: {at}.',
    dropped: 'Respostas descartadas: {count}',
    ask: 'Quem deve ser respondido? 1 = só quem não está nos seus contatos, 2 = só as conversas que você escolher, 3 = todos que escreverem [1]: ',
    askAgain: 'Responda 1, 2 ou 3.',
  },
  schedule: {
    none: '{agent}: sem horário. Só você liga e desliga.',
    is: '{agent}: ligado em {spans}.',
    nextOn: 'Liga: {at}.',
    nextOff: 'Desliga: {at}.',
    never: 'Fica ligado a semana inteira.',
  },
  costs: {
    today: 'Hoje: respostas {answers}, tokens {tokens}, custo {money}',
    month: 'Este mês: respostas {answers}, tokens {tokens}, custo {money}',
    price: 'Preço: {input} por milhão de tokens que ele lê, {output} por milhão que escreve ({source})',
    sources: { typed: 'informado por você', known: 'conhecido, de {date}', 'own-computer': 'roda neste computador' },
    silent: 'Este tipo de agente não informa quantos tokens usa: só vale o limite de respostas.',
    idle: 'Os limites em dinheiro não estão valendo: nenhum preço nessa moeda é conhecido. Informe com --price-in e --price-out.',
    noPrice: 'Preço: desconhecido. Informe com --price-in e --price-out.',
    dayLimit: 'Máximo por dia: respostas {answers}, tokens {tokens}, custo {money}',
    monthLimit: 'Máximo por mês: custo {money}',
    chatLimit: 'Máximo por conversa e dia: tokens {tokens}, custo {money}',
  },
  knowledge: {
    none: '{agent} não tem arquivos.',
    file: '{file}: {bytes} bytes, cerca de {tokens} tokens',
    unread: '{agent} é de um tipo que não lê arquivos agora.',
    tokens: 'Todos os arquivos juntos usam cerca de {count} tokens por resposta.',
    perAnswer: 'Cerca de {money} por resposta, fora as instruções.',
    lasts: 'O limite de {limit} tokens por dia dá para cerca de {answers} respostas, fora as instruções.',
    question: '{agent} deve ler {files} em cada pergunta? [s/N] ',
  },
  ownerFirst: {
    none: '{agent}: responde na hora.',
    is: '{agent}: só responde se você não responder em {minutes} min, contados da última mensagem ou de quando você leu no celular.',
  },
  unanswered: {
    none: 'Nada ficou sem resposta.',
    line: '{count} desde {at}: {reason}',
    toAnswer: 'Para responder assim mesmo: {recado} answer <conversa>',
    asked: 'O agente vai responder {count} mensagem(ns) desta conversa.',
  },
  why: { none: 'Nenhuma mensagem ainda.', answered: 'respondida' },
  agents: {
    added: 'Agente adicionado: {agent}',
    modelChosen: 'Modelo: {model}',
    edited: 'Agente alterado: {agent}',
    removed: 'Agente removido: {agent}',
    key: 'Chave (não aparece): ',
    keyOptional: 'Chave (não aparece; vazio = nenhuma): ',
    keyStored: 'chave guardada',
    keyNone: 'sem chave',
    testBegins: 'Converse com {agent} aqui; o WhatsApp fica de fora. Linha vazia termina.',
    you: 'você> ',
    asksOwner: 'Depois pede você: a conversa fica sua até você responder ou devolver.',
    nothingSent: '(nada seria enviado: {reason})',
    message: 'Mensagem {number} de {of}:',
    tokens: '(levou {seconds} s, {tokens} tokens)',
    took: '(levou {seconds} s)',
    confirmRemove: 'Remover {agent} com tudo o que é dele? Se estiver conectado, o número é desconectado. [s/N] ',
  },
  chats: {
    none: 'Nenhuma conversa ainda.',
    group: 'grupo',
    rules: { answer: 'responder', never: 'nunca', none: '' },
    ruled: {
      answer: 'Esta conversa será respondida.',
      never: 'Esta conversa nunca será respondida.',
      none: 'Vale de novo o que está escolhido para o agente.',
    },
    forgotten: 'A conversa foi esquecida.',
    taken: 'A conversa é sua até {at}.',
    noNumber: 'O número desta pessoa não é conhecido aqui: procure a conversa no celular.',
    released: 'A conversa voltou para o agente.',
    notHeld: 'A conversa já era do agente.',
    held: 'sua até {at}',
    asks: 'pede você desde {at}',
    automatic: 'o WhatsApp Business escreveu por você em {at}: o agente segue',
    muted: 'em pausa até {at}',
    skipped: 'sem resposta: {reason}',
    more: 'Há mais: {recado} chats --before {before}',
  },
  clients: {
    code: 'Digite no navegador: {code}',
    codeLife: 'Vale 2 minutos e uma vez só.',
    none: 'Nenhum navegador está pareado. Para parear um: {recado} pair',
    pairedAt: 'pareado em {at}',
    here: 'pareado neste computador, sem código',
    seenAt: 'visto em {at}',
    revoked: 'Navegador removido. Ele não vê nem muda mais nada.',
    unnamed: 'Navegador sem nome',
  },
  export: {
    written: 'Cópia gravada: {path} ({size} KiB)',
    holds: 'Ela tem as conversas guardadas e nenhuma chave. Só este usuário pode lê-la.',
  },
  forget: {
    askTexts: 'Apagar todos os textos guardados? Não tem volta. [s/N] ',
    askEverything: 'Desconectar todos os números e apagar agentes, chaves, textos e cópias? Não tem volta. [s/N] ',
    texts: 'Os textos foram apagados.',
    everything: 'Tudo foi apagado. O relay está como novo.',
    allButLogouts:
      'Tudo aqui foi apagado, menos o que avisa ao WhatsApp que os aparelhos saíram: agora não dá para falar com o WhatsApp. Isso é apagado quando o WhatsApp souber, em até 14 dias. Para apagar já, sem avisar o WhatsApp: recado forget --all --now',
    yes: ['s', 'sim', 'y', 'yes'],
    leftAlone: 'Nada foi apagado.',
  },
  doctor: {
    linkingFile: 'Escrito: {path}',
    linkingHolds:
      'Diz o que passou entre o WhatsApp e este aparelho: as palavras do próprio protocolo, tempos e tamanhos; todo o resto como hash. Nenhum segredo, número ou nome: pode ser mostrado a quem ajuda você.',
    more: 'Mais sobre isso: {page}',
    ok: 'ok',
    note: 'nota',
    warning: 'atenção',
    failed: 'falhou',
    relayRunning: 'O relay está rodando.',
    relayNotRunning: { sentence: 'O relay não está rodando.', remedy: 'Inicie-o com: {start}' },
    directory: 'O diretório de dados {home} é só seu e aceita gravação.',
    directoryMissing: {
      sentence: 'O diretório de dados {home} ainda não existe.',
      remedy: 'O relay o cria ao iniciar: {start}',
    },
    directoryNotOurs: {
      sentence: 'O diretório de dados {home} não aceita gravação deste usuário.',
      remedy: 'Confira dono e permissões, ou escolha outro com RECADO_HOME.',
    },
    directoryOpen: {
      sentence: 'Outros usuários podem ler {path}, onde ficam as credenciais do WhatsApp.',
      remedy: 'Rode: chmod go-rwx "{path}"',
    },
    disk: 'Há {free} livres no disco.',
    diskLow: { sentence: 'Restam só {free} no disco.', remedy: 'Libere espaço logo.' },
    diskFull: {
      sentence: 'O disco está cheio ({free} livres).',
      remedy: 'Libere espaço: o relay não consegue gravar.',
    },
    clock: 'O relógio está certo (diferença de {seconds} s).',
    clockUnknown: 'O relógio não pôde ser comparado: ninguém respondeu com a hora.',
    clockWrong: {
      sentence: 'O relógio está {seconds} s diferente do WhatsApp.',
      remedy: 'Acerte data e hora: “desligado até”, horários e certificados dependem delas.',
    },
    clockBack: {
      sentence: 'O relógio está atrás da última gravação do relay.',
      remedy: 'Acerte data e hora deste computador.',
    },
    port: 'O relay responde na porta {port}.',
    portFree: 'A porta {port} está livre.',
    portAny: 'O relay toma uma porta livre qualquer.',
    portOther: {
      sentence: 'Outro relay responde na porta {port}: o de outro diretório de dados.',
      remedy: 'Feche-o, ou escolha outra porta com RECADO_PORT.',
    },
    portTaken: {
      sentence: 'Outro programa usa a porta {port}.',
      remedy: 'Feche-o, ou escolha outra porta com RECADO_PORT.',
    },
    proxy: 'O WhatsApp e os agentes são alcançados pelo proxy {proxy}.',
    whatsapp: 'O WhatsApp pode ser alcançado.',
    whatsappSimulated: 'O WhatsApp simulado em {host} pode ser alcançado.',
    whatsappUnreachable: {
      sentence: 'O WhatsApp ({host}) não pode ser alcançado.',
      remedy: 'Confira a internet, o firewall e o proxy deste computador.',
    },
    whatsappNotTrusted: {
      sentence: 'Quem responde por {host} não provou ser o WhatsApp.',
      remedy:
        'Uma rede, um proxy ou um antivírus intercepta a conexão. Se você confia nele: RECADO_SYSTEM_CERTIFICATES=yes',
    },
    agent: 'O agente {agent} pode ser alcançado.',
    agentReached: {
      sentence: 'O endereço do agente {agent} responde. Se o fluxo dele responde, só se vê quando ele roda.',
      remedy: 'Converse com ele com: {recado} agents test "{agent}". Isso roda o fluxo.',
    },
    agentsUnknown: 'Os agentes não foram verificados: isso o relay faz quando está rodando.',
    link: '{agent}: {label}. {description}',
    healthy: 'Tudo certo.',
    worth: 'Funciona, com {count} ponto(s) de atenção.',
    broken: '{count} problema(s) a resolver.',
  },
  settings: {
    name: 'nome',
    value: 'valor',
    source: 'de onde',
    unit: 'unidade',
    default: 'padrão',
    environment: 'ambiente',
    flag: 'opção',
    effect: 'vale',
    atOnce: 'na hora',
    afterRestart: 'após reiniciar',
    meaning: 'significado',
  },
  /** Why a line could not be understood, by what the parser calls it. */
  misuse: {
    unknownOption: 'Não há opção {name}.',
    unknownCommand: 'Não há comando {name}.',
    missingArgument: 'Falta {name}.',
    optionMissingArgument: 'Falta o valor de {name}.',
    excessArguments: 'Há mais palavras do que este comando aceita.',
    invalidArgument: '{name} não aceita este valor.',
    conflictingOption: '{name} não combina com outra opção daqui.',
    other: 'Não dá para entender isto.',
    near: 'Seria {nearest}?',
    allowed: 'Aceita: {allowed}.',
  },
  /** What is wrong with the settings that a command was given; `{unit}` brings its own blank. */
  settingsProblems: {
    'file-unreadable': {
      sentence: '{setting} não é um objeto JSON.',
      remedy: 'Corrija o arquivo, ou mova-o para outro lugar.',
    },
    'value-kind': {
      sentence: '{setting} precisa ser um número ou um texto.',
      remedy: 'Veja cada um com: {recado} settings',
    },
    unknown: { sentence: 'Não há ajuste chamado {setting}.', remedy: '' },
    'unknown-near': { sentence: 'Não há ajuste chamado {setting}.', remedy: 'Seria {nearest}?' },
    number: {
      sentence: '{setting} precisa ser um número de {least} a {most}{unit}.',
      remedy: 'Sem ele, vale {usual}.',
    },
    'whole-number': {
      sentence: '{setting} precisa ser um número inteiro de {least} a {most}{unit}.',
      remedy: 'Sem ele, vale {usual}.',
    },
    choice: { sentence: '{setting} precisa ser um destes: {choices}.', remedy: '' },
    version: {
      sentence: '{setting} precisa ser três números com pontos, como {example}.',
      remedy: 'Sem ele, anuncia-se a versão testada.',
    },
    proxy: {
      sentence: '{setting} precisa ser o endereço de um proxy com http:// ou https://, como {example}.',
      remedy: 'Para não usar nenhum: RECADO_PROXY=none',
    },
    'simulated-half': {
      sentence: '{url} e {key} andam juntos.',
      remedy: 'Defina os dois para um WhatsApp simulado, ou nenhum para o verdadeiro.',
    },
    'simulated-address': {
      sentence: '{setting} precisa ser um endereço ws:// nesta máquina (127.0.0.1, [::1] ou localhost).',
      remedy: 'É só para testes: o WhatsApp verdadeiro não precisa de endereço.',
    },
    'simulated-key': {
      sentence: '{setting} precisa ter 64 dígitos hexadecimais.',
      remedy: 'O simulador a mostra quando inicia.',
    },
  },
};

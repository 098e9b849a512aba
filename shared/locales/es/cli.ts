/** Spanish: the command line. */
import type { CliWords } from '../words.ts';

export const cli: CliWords = {
  faults: {
    usage: { sentence: '{detail}', remedy: 'Mira cómo se usa con: {recado} --help' },
    'settings-wrong': { sentence: '{detail}', remedy: 'Mira todos los ajustes con: {recado} settings' },
    'relay-not-running': { sentence: 'El relay no está en marcha.', remedy: 'Inícialo en otra terminal: {start}' },
    'relay-silent': {
      sentence: 'El relay está abierto, pero no responde.',
      remedy: 'Espera un poco. Si sigue así, ciérralo e inícialo de nuevo: {start}',
    },
    'relay-in-use': {
      sentence: 'Otro relay ya usa este directorio de datos.',
      remedy: 'Usa el que está en marcha, o detenlo antes; otro directorio se elige con RECADO_HOME.',
    },
    'port-taken': {
      sentence: 'Otro programa de esta computadora ya usa el puerto {port}.',
      remedy: 'Cierra ese programa, o elige otro puerto con RECADO_PORT.',
    },
    'port-refused': {
      sentence: 'Esta computadora se reserva el puerto {port}.',
      remedy: 'Elige otro por encima de 1023 con RECADO_PORT; Windows se reserva rangos enteros.',
    },
    'relay-held': {
      sentence:
        'Otro programa tiene abiertos los datos en {home}: una copia de seguridad, un antivirus o un relay que está terminando.',
      remedy: 'Espera a que termine e inícialo otra vez: {start}',
    },
    'relay-damaged': {
      sentence: 'Los datos del relay están dañados. No se inicia, para no crear una identidad nueva.',
      remedy: 'Restaura una copia de {home}, o muévelo a otro lugar y conecta los números de nuevo.',
    },
    'relay-lost': {
      sentence:
        'El relay tenía datos aquí, y ya no están, están vacíos o son de otro relay. No inicia, para no convertirse en otra persona.',
      remedy:
        'Devuelve una copia de recado.sqlite a {home}. Para empezar de cero a propósito, mueve {home} a otro lugar, inicia de nuevo y quita el dispositivo antiguo en el teléfono, en Dispositivos vinculados.',
    },
    'home-not-ours': {
      sentence: '{place} no está vacío, y lo que contiene no es de un relay.',
      remedy: 'Elige un directorio vacío o nuevo con RECADO_HOME.',
    },
    'home-not-a-file': {
      sentence: 'Hay otra cosa en el lugar de {place}, como un enlace.',
      remedy: 'Muévela a otro lugar, o elige otro directorio con RECADO_HOME.',
    },
    'home-not-owned': {
      sentence: '{place} es de otro usuario.',
      remedy: 'Inicia el relay como ese usuario, o elige un directorio tuyo con RECADO_HOME.',
    },
    'home-open-to-others': {
      sentence: 'Otros usuarios pueden escribir en {place}, así que no se puede confiar en lo que hay allí.',
      remedy: 'Revísalo, y ciérralo con: chmod go-rwx {place}',
    },
    'relay-newer': {
      sentence: 'Los datos los escribió un Recado más nuevo que este.',
      remedy: 'Actualiza Recado.',
    },
    'relay-not-writable': {
      sentence: 'El relay no puede escribir en el directorio de datos {home}.',
      remedy: 'Revisa su dueño y permisos, o elige otro con RECADO_HOME.',
    },
    'relay-disk-full': { sentence: 'El disco está lleno.', remedy: 'Libera espacio e inicia de nuevo.' },
    'relay-disk-failing': {
      sentence: 'No se pudo leer o escribir el disco de {home}.',
      remedy: 'Revisa ese disco: ¿está montado y admite escritura?',
    },
    'relay-failed': { sentence: 'El relay no se inició.', remedy: 'Mira qué no está bien con: {recado} doctor' },
    'relay-crashed': {
      sentence: 'El relay encontró un error que no esperaba y se detuvo en orden. No se perdió nada.',
      remedy: 'Inícialo de nuevo: {start}. Lo que pasó está en relay.log, en la carpeta de datos.',
    },
    'odd-reply': {
      sentence: 'No se entendió la respuesta del relay.',
      remedy: 'Usa la misma versión de Recado en ambos lados: reinicia el relay.',
    },
    'no-attempt': {
      sentence: 'Nada se vinculó desde que el relay inició.',
      remedy:
        'Intenta vincular una vez más y vuelve a ejecutar esto: mientras funciona, el relay recuerda los tres últimos intentos.',
    },
    'not-a-number': {
      sentence: 'Este no es un número de teléfono completo.',
      remedy: 'Empieza por el código del país, como 5511999990001.',
    },
    'link-rests': { sentence: '{detail}', remedy: '{remedy} Para escanear de todos modos: {recado} link --again' },
    'key-as-argument': {
      sentence: 'Una clave en la línea de comandos queda a la vista de otros programas y en el historial.',
      remedy: 'Usa --ask-key, --key-stdin o --key-env NOMBRE. Si la clave era real, cámbiala.',
    },
    'key-empty': { sentence: 'No se leyó ninguna clave.', remedy: 'Revisa de dónde debía venir.' },
    'key-twice': { sentence: 'La clave viene de más de un lugar.', remedy: 'Elige solo uno.' },
    'file-unreadable': { sentence: 'No se pudo leer el archivo {file}.', remedy: 'Revisa el nombre y dónde está.' },
    'file-not-taken': {
      sentence: 'El archivo {file} no es uno que un agente pueda leer.',
      remedy: 'Guárdalo como texto o Markdown, de 64 kB como máximo y con algo escrito.',
    },
    'yes-needed': { sentence: 'Esto no tiene vuelta, y aquí no se puede preguntar.', remedy: 'Confirma con --yes.' },
    'install-unknown-system': {
      sentence: 'Recado solo se puede instalar en Linux, macOS y Windows.',
      remedy: 'En este sistema, inícialo a mano: {start}',
    },
    'install-as-root': {
      sentence: 'Esta es la cuenta de administrador, y Recado es de una sola persona.',
      remedy: 'Ejecuta la misma línea sin sudo.',
    },
    'install-unbuilt': {
      sentence: 'Aquí no hay un programa listo para instalar.',
      remedy: 'Inicia Recado una vez, y se arma: {start}',
    },
    'install-not-started': {
      sentence: 'El relay quedó registrado, pero no inicia.',
      remedy: 'Mira qué pasa con: {recado} doctor. Su registro es relay.log en {home}.',
    },
    'not-installed': {
      sentence: 'Recado no está instalado en este equipo.',
      remedy: 'Instálalo con: {recado} install',
    },
    'update-no-file': { sentence: 'El archivo {file} no está.', remedy: 'Revisa el nombre y el lugar.' },
    'update-no-sum': {
      sentence: 'No hay con qué comparar {file}.',
      remedy: 'Pon al lado el archivo SHA256SUMS de la misma versión, o indica --sha256 con la suma publicada.',
    },
    'update-wrong-sum': {
      sentence: '{file} no es el archivo que se publicó, o está incompleto. Nada cambió.',
      remedy: 'Descárgalo de nuevo.',
    },
    'update-not-ours': {
      sentence: '{file} no es una versión de Recado para este tipo de equipo. Nada cambió.',
      remedy: 'Descarga la de este sistema.',
    },
    'update-older': {
      sentence: 'La versión {version} es más antigua que la instalada. Nada cambió.',
      remedy: 'Para volver a la versión anterior: {recado} update --back',
    },
    'update-taken-back': {
      sentence: 'La versión nueva no inició. Recado {version} funciona de nuevo, con los datos como estaban.',
      remedy: 'Cuéntanos qué dice relay.log.',
    },
    'update-no-before': {
      sentence: 'No hay una versión anterior a esta.',
      remedy: 'Una versión se queda aquí hasta la próxima actualización.',
    },
    'update-no-way-back': {
      sentence: 'La versión anterior ya no lee los datos. Recado {version} sigue.',
      remedy: 'Quédate con esta versión, o empieza de nuevo: {recado} forget --all',
    },
    interrupted: { sentence: 'Interrumpido.', remedy: '' },
  },
  installation: {
    copying: 'Copiando Recado a su lugar definitivo…',
    purposes: {
      copied: 'Programa',
      registered: 'Registrado',
      host: 'Lo que inician los navegadores',
      browser: 'Para {browsers}',
      login: 'Inicia con la sesión',
      menu: 'Menú',
      command: 'Comando para la Terminal',
    },
    installed: 'Recado está instalado y funcionando. Ninguna Terminal tiene que quedar abierta.',
    leftBehind:
      'Lo que solo esta Terminal definió no va incluido: {names}. Defínelo para siempre en settings.json, o en las Opciones.',
    next: 'Ahora: haz clic en Recado en la barra del navegador y en Empezar. Cómo poner la extensión ahí: {recado} welcome',
    askUninstall: '¿Desconectar los números y quitar Recado de este equipo? [s/N] ',
    askErase: '¿Borrar también los datos: agentes, claves, chats? Nada los trae de vuelta. [s/N] ',
    removed: 'Quitado: {path}',
    goneWithData: 'Recado y sus datos se borraron.',
    dataStay: 'Recado se quitó. Sus datos siguen en {home}.',
    onPhone:
      'No se pudo avisar a WhatsApp de que un dispositivo salió: en el teléfono, en Dispositivos vinculados, quita Recado.',
    version: 'Recado {version} instalado: {path}',
    starters: {
      systemd: 'Inicia con la sesión, y de nuevo tras un fallo (systemd).',
      launchd: 'Inicia con la sesión, y de nuevo tras un fallo (launchd).',
      task: 'Inicia con la sesión (Programador de tareas), y de nuevo tras un fallo.',
      keeper: 'Inicia con el escritorio, y de nuevo tras un fallo.',
    },
    runs: 'El relay está funcionando.',
    rests: 'El relay no está funcionando.',
    page: 'En el navegador se abre: {page}',
  },
  update: {
    begins: 'Actualizando Recado de {from} a {to}…',
    done: 'Recado {version} está instalado y funcionando. La versión anterior se queda hasta la próxima actualización: {recado} update --back',
  },
  start: {
    running: 'El relay está en marcha en 127.0.0.1:{port}.',
    data: 'Datos: {home}',
    nextLink:
      'Siguiente paso: haz clic en Recado en la barra del navegador. Sin navegador, en otra terminal: {recado} link',
    nextOn:
      'Siguiente paso: enciende el agente en Recado, en la barra del navegador. Sin navegador, en otra terminal: {recado} on',
    answering: 'Conectado y encendido. Para ver cómo está: {recado} status',
    toolbar: 'En la barra del navegador, una sola vez:',
    inChrome:
      'Chrome, Edge, Chromium: abre chrome://extensions, activa el Modo de desarrollador, haz clic en Cargar descomprimida y elige {folder}',
    inFirefox:
      'Firefox: abre about:debugging#/runtime/this-firefox, haz clic en Cargar complemento temporal y elige {folder}/manifest.json',
    askCode: 'Después pide un código con: {recado} pair',
    code: 'Haz clic en Recado en la barra y escribe {code} (vale 2 minutos; para otro: {recado} pair)',
    nextCode: 'Otro código: {code} (vale 2 minutos)',
    askedCode:
      'Un navegador pide un código: escribe {code} en el popup de Recado (vale 2 minutos). Si no fuiste tú, no hagas nada.',
    noMoreCodes: 'Nadie escribió un código. Cuando quieras emparejar: {recado} pair',
    restarted: 'El relay se inició de nuevo en 127.0.0.1:{port}.',
    restarts: 'El relay se reinicia ahora. Para ver cómo está: {recado} status',
    toStop: 'Para detenerlo: Ctrl-C. Nada se pierde.',
    holders: {
      program: 'Es {name}, proceso {pid}.',
      relay: 'Es otro relay de Recado, de otra carpeta o de otro usuario.',
    },
    offer:
      'Para cerrar esta Terminal para siempre: en otra, ejecuta {recado} install. Desde entonces Recado inicia solo cuando entras al equipo.',
    stopping: 'Deteniendo…',
    stopped: 'El relay se detuvo.',
  },
  status: {
    switch: 'agente {state}',
    today: 'Hoy: mensajes {messages}, respuestas {answers}, tokens {tokens}',
    ignored: 'Ignorados mientras estaba apagado: {count}',
    retry: 'Próximo intento: {at}',
    triesAgain: 'El agente falló; nuevo intento: {at}',
    scope: {
      'unknown-people': 'responde solo a quien no está en tus contactos',
      everyone: 'responde a todos',
      listed: 'responde solo a los chats elegidos',
    },
  },
  link: {
    phoneCode: 'Código {number}/{of}: {text}',
    letterSteps: 'Allí, toca "Vincular con número de teléfono" y escribe el código.',
    sameAgain: 'WhatsApp quiere que pidas otro código. Para eso, ejecuta el mismo comando una vez más.',
    enterForCode: 'Pulsa Enter para pedir otro código: ',
    passkey:
      'Esta cuenta necesita un paso en el navegador: abre Recado en la barra de un navegador emparejado y sigue allí. Este comando continúa solo cuando esté hecho.',
    follow: 'En el teléfono: {steps}',
    code: 'Código QR {number}/{of}',
    left: 'vale {seconds} s más',
    linked: 'Conectado: {number}',
    nextOn: 'El agente está apagado. Para encenderlo: {recado} on',
    cancelling: 'Cancelando…',
    toCancel: 'Ctrl-C cancela.',
    handedOver: 'El número de {from} ahora es de {to}. No se escaneó nada; mira a quién responde con: {recado} status',
    reconnecting: 'Recuperando la conexión. Para ver cómo está: {recado} status',
    unlinked: 'Desconectado. Las credenciales se borraron.',
  },
  switch: {
    on: '{agent}: encendido.',
    off: '{agent}: apagado. El número sigue conectado.',
    until: 'Vuelve a encenderse solo: {at}.',
    dropped: 'Respuestas descartadas: {count}',
    ask: '¿A quién se responde? 1 = solo a quien no está en tus contactos, 2 = solo a los chats que elijas, 3 = a todos los que escriban [1]: ',
    askAgain: 'Responde 1, 2 o 3.',
  },
  schedule: {
    none: '{agent}: sin horario. Solo tú lo enciendes y apagas.',
    is: '{agent}: encendido en {spans}.',
    nextOn: 'Se enciende: {at}.',
    nextOff: 'Se apaga: {at}.',
    never: 'Está encendido toda la semana.',
  },
  costs: {
    today: 'Hoy: respuestas {answers}, tokens {tokens}, costo {money}',
    month: 'Este mes: respuestas {answers}, tokens {tokens}, costo {money}',
    price: 'Precio: {input} por millón de tokens que lee, {output} por millón que escribe ({source})',
    sources: { typed: 'escrito por ti', known: 'conocido, del {date}', 'own-computer': 'funciona en esta computadora' },
    silent: 'Este tipo de agente no informa cuántos tokens usa: solo vale el límite de respuestas.',
    idle: 'Los límites de dinero no están en vigor: no se conoce ningún precio en esa moneda. Escríbelo con --price-in y --price-out.',
    noPrice: 'Precio: desconocido. Escríbelo con --price-in y --price-out.',
    dayLimit: 'Máximo por día: respuestas {answers}, tokens {tokens}, costo {money}',
    monthLimit: 'Máximo por mes: costo {money}',
    chatLimit: 'Máximo por chat y día: tokens {tokens}, costo {money}',
  },
  knowledge: {
    none: '{agent} no tiene archivos.',
    file: '{file}: {bytes} bytes, unos {tokens} tokens',
    unread: '{agent} es de un tipo que ahora no lee archivos.',
    tokens: 'Todos los archivos juntos usan unos {count} tokens por respuesta.',
    perAnswer: 'Unos {money} por respuesta, sin contar las instrucciones.',
    lasts: 'El límite de {limit} tokens por día alcanza para unas {answers} respuestas, sin contar las instrucciones.',
    question: '¿{agent} debe leer {files} con cada pregunta? [s/N] ',
  },
  ownerFirst: {
    none: '{agent}: responde al momento.',
    is: '{agent}: solo responde si tú no respondes en {minutes} min, contados desde el último mensaje o desde que lo leíste en el teléfono.',
  },
  unanswered: {
    none: 'Nada quedó sin respuesta.',
    line: '{count} desde {at}: {reason}',
    toAnswer: 'Para responder de todos modos: {recado} answer <chat>',
    asked: 'El agente va a responder {count} mensaje(s) de este chat.',
  },
  why: { none: 'Todavía no hay mensajes.', answered: 'respondido' },
  agents: {
    added: 'Agente añadido: {agent}',
    modelChosen: 'Modelo: {model}',
    edited: 'Agente cambiado: {agent}',
    removed: 'Agente eliminado: {agent}',
    key: 'Clave (no se muestra): ',
    keyOptional: 'Clave (no se muestra; vacío = ninguna): ',
    keyStored: 'clave guardada',
    keyNone: 'sin clave',
    testBegins: 'Habla con {agent} aquí; WhatsApp queda fuera. Una línea vacía termina.',
    you: 'tú> ',
    asksOwner: 'Después te necesita: el chat es tuyo hasta que respondas o lo devuelvas.',
    nothingSent: '(no se enviaría nada: {reason})',
    message: 'Mensaje {number} de {of}:',
    tokens: '(tardó {seconds} s, {tokens} tokens)',
    took: '(tardó {seconds} s)',
    confirmRemove: '¿Eliminar {agent} con todo lo suyo? Si está conectado, su número se desconecta. [s/N] ',
  },
  chats: {
    none: 'Todavía no hay chats.',
    group: 'grupo',
    rules: { answer: 'responder', never: 'nunca', none: '' },
    ruled: {
      answer: 'Este chat se responderá.',
      never: 'Este chat nunca se responderá.',
      none: 'Vuelve a valer lo elegido para el agente.',
    },
    forgotten: 'El chat se olvidó.',
    taken: 'El chat es tuyo hasta {at}.',
    noNumber: 'Aquí no se conoce el número de esta persona: busca el chat en tu teléfono.',
    released: 'El chat vuelve a ser del agente.',
    notHeld: 'El chat ya era del agente.',
    held: 'tuyo hasta {at}',
    asks: 'te necesita desde {at}',
    automatic: 'WhatsApp Business escribió por ti el {at}: el agente sigue',
    muted: 'en pausa hasta {at}',
    skipped: 'sin respuesta: {reason}',
    more: 'Hay más: {recado} chats --before {before}',
  },
  clients: {
    code: 'Escribe esto en el navegador: {code}',
    codeLife: 'Vale 2 minutos y una sola vez.',
    none: 'Ningún navegador está emparejado. Para emparejar uno: {recado} pair',
    pairedAt: 'emparejado el {at}',
    here: 'emparejado en este equipo, sin código',
    seenAt: 'visto el {at}',
    revoked: 'El navegador se quitó. Ya no ve ni cambia nada.',
    unnamed: 'Navegador sin nombre',
  },
  export: {
    written: 'Copia guardada: {path} ({size} KiB)',
    holds: 'Tiene los chats guardados y ninguna clave. Solo este usuario puede leerla.',
  },
  forget: {
    askTexts: '¿Borrar todos los textos guardados? No tiene vuelta. [s/N] ',
    askEverything: '¿Desconectar todos los números y borrar agentes, claves, textos y copias? No tiene vuelta. [s/N] ',
    texts: 'Los textos se borraron.',
    everything: 'Se borró todo. El relay está como nuevo.',
    allButLogouts:
      'Aquí se borró todo menos lo que le avisa a WhatsApp que los dispositivos salieron: ahora no se puede llegar a WhatsApp. Eso se borra cuando WhatsApp lo sepa, en 14 días como máximo. Para borrarlo ya, sin avisar a WhatsApp: recado forget --all --now',
    yes: ['s', 'si', 'sí', 'y', 'yes'],
    leftAlone: 'No se borró nada.',
  },
  doctor: {
    linkingFile: 'Escrito: {path}',
    linkingHolds:
      'Dice lo que pasó entre WhatsApp y este dispositivo: las palabras del propio protocolo, tiempos y tamaños; todo lo demás como hash. Ningún secreto, número ni nombre: puedes mostrarlo a quien te ayuda.',
    more: 'Más sobre esto (en inglés): {page}',
    ok: 'ok',
    note: 'nota',
    warning: 'atención',
    failed: 'falló',
    relayRunning: 'El relay está en marcha.',
    relayNotRunning: { sentence: 'El relay no está en marcha.', remedy: 'Inícialo con: {start}' },
    directory: 'El directorio de datos {home} es solo tuyo y se puede escribir.',
    directoryMissing: {
      sentence: 'El directorio de datos {home} aún no existe.',
      remedy: 'El relay lo crea al iniciar: {start}',
    },
    directoryNotOurs: {
      sentence: 'Este usuario no puede escribir en el directorio de datos {home}.',
      remedy: 'Revisa dueño y permisos, o elige otro con RECADO_HOME.',
    },
    directoryOpen: {
      sentence: 'Otros usuarios pueden leer {path}, donde están las credenciales de WhatsApp.',
      remedy: 'Ejecuta: chmod go-rwx "{path}"',
    },
    disk: 'Hay {free} libres en el disco.',
    diskLow: { sentence: 'Solo quedan {free} en el disco.', remedy: 'Libera espacio pronto.' },
    diskFull: {
      sentence: 'El disco está lleno ({free} libres).',
      remedy: 'Libera espacio: el relay no puede escribir.',
    },
    clock: 'El reloj está bien (diferencia de {seconds} s).',
    clockUnknown: 'El reloj no se pudo comparar: nadie respondió con la hora.',
    clockWrong: {
      sentence: 'El reloj difiere {seconds} s de WhatsApp.',
      remedy: 'Ajusta fecha y hora: de ellas dependen “apagado hasta”, los horarios y los certificados.',
    },
    clockBack: {
      sentence: 'El reloj está por detrás de la última escritura del relay.',
      remedy: 'Ajusta fecha y hora de esta computadora.',
    },
    port: 'El relay responde en el puerto {port}.',
    portFree: 'El puerto {port} está libre.',
    portAny: 'El relay toma cualquier puerto libre.',
    portOther: {
      sentence: 'Otro relay responde en el puerto {port}: el de otro directorio de datos.',
      remedy: 'Ciérralo, o elige otro puerto con RECADO_PORT.',
    },
    portTaken: {
      sentence: 'Otro programa usa el puerto {port}.',
      remedy: 'Ciérralo, o elige otro puerto con RECADO_PORT.',
    },
    proxy: 'Se llega a WhatsApp y a los agentes por el proxy {proxy}.',
    whatsapp: 'Se puede llegar a WhatsApp.',
    whatsappSimulated: 'Se puede llegar al WhatsApp simulado en {host}.',
    whatsappUnreachable: {
      sentence: 'No se puede llegar a WhatsApp ({host}).',
      remedy: 'Revisa internet, el firewall y el proxy de esta computadora.',
    },
    whatsappNotTrusted: {
      sentence: 'Quien responde por {host} no demostró ser WhatsApp.',
      remedy:
        'Una red, un proxy o un antivirus intercepta la conexión. Si confías en él: RECADO_SYSTEM_CERTIFICATES=yes',
    },
    agent: 'Se puede llegar al agente {agent}.',
    agentReached: {
      sentence: 'La dirección del agente {agent} responde. Si su flujo responde, solo se ve al ejecutarlo.',
      remedy: 'Habla con él con: {recado} agents test "{agent}". Eso ejecuta el flujo.',
    },
    agentsUnknown: 'Los agentes no se revisaron: eso lo hace el relay cuando está en marcha.',
    link: '{agent}: {label}. {description}',
    healthy: 'Todo bien.',
    worth: 'Funciona, con {count} punto(s) de atención.',
    broken: '{count} problema(s) por resolver.',
  },
  settings: {
    name: 'nombre',
    value: 'valor',
    source: 'de dónde',
    unit: 'unidad',
    default: 'por defecto',
    environment: 'entorno',
    flag: 'opción',
    effect: 'surte efecto',
    atOnce: 'al momento',
    afterRestart: 'tras reiniciar',
    meaning: 'significado',
  },
  /** Why a line could not be understood, by what the parser calls it. */
  misuse: {
    unknownOption: 'No hay ninguna opción {name}.',
    unknownCommand: 'No hay ningún comando {name}.',
    missingArgument: 'Falta {name}.',
    optionMissingArgument: 'Falta el valor de {name}.',
    excessArguments: 'Hay más palabras de las que acepta este comando.',
    invalidArgument: '{name} no acepta este valor.',
    conflictingOption: '{name} no va con otra opción de aquí.',
    other: 'Esto no se entiende.',
    near: '¿Quizás {nearest}?',
    allowed: 'Acepta: {allowed}.',
  },
  /** What is wrong with the settings that a command was given; `{unit}` brings its own blank. */
  settingsProblems: {
    'file-unreadable': {
      sentence: '{setting} no es un objeto JSON.',
      remedy: 'Corrige el archivo, o muévelo a otro lugar.',
    },
    'value-kind': {
      sentence: '{setting} debe ser un número o un texto.',
      remedy: 'Mira cada uno con: {recado} settings',
    },
    unknown: { sentence: 'No hay ningún ajuste llamado {setting}.', remedy: '' },
    'unknown-near': { sentence: 'No hay ningún ajuste llamado {setting}.', remedy: '¿Quizás {nearest}?' },
    number: { sentence: '{setting} debe ser un número de {least} a {most}{unit}.', remedy: 'Sin él, vale {usual}.' },
    'whole-number': {
      sentence: '{setting} debe ser un número entero de {least} a {most}{unit}.',
      remedy: 'Sin él, vale {usual}.',
    },
    choice: { sentence: '{setting} debe ser uno de estos: {choices}.', remedy: '' },
    version: {
      sentence: '{setting} debe ser tres números con puntos, como {example}.',
      remedy: 'Sin él, se anuncia la versión probada.',
    },
    proxy: {
      sentence: '{setting} debe ser la dirección de un proxy con http:// o https://, como {example}.',
      remedy: 'Si no quieres ninguno: RECADO_PROXY=none',
    },
    'simulated-half': {
      sentence: '{url} y {key} van juntos.',
      remedy: 'Define los dos para un WhatsApp simulado, o ninguno para el verdadero.',
    },
    'simulated-address': {
      sentence: '{setting} debe ser una dirección ws:// en esta máquina (127.0.0.1, [::1] o localhost).',
      remedy: 'Es solo para pruebas: el WhatsApp verdadero no necesita dirección.',
    },
    'simulated-key': {
      sentence: '{setting} debe tener 64 dígitos hexadecimales.',
      remedy: 'El simulador la muestra al iniciar.',
    },
  },
};

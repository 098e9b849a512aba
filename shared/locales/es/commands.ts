/** Spanish: why a command was not done. */
import type { CommandWords } from '../words.ts';

export const commands: CommandWords = {
  'bad-request': {
    sentence: 'El relay no entendió la solicitud.',
    remedy: 'Usa la misma versión de Recado en ambos lados: reinicia el relay.',
  },
  'bad-value': { sentence: 'Así no se puede; nada cambió.', remedy: 'Corrígelo e inténtalo de nuevo.' },
  'passkey-not-now': {
    sentence: 'Ahora no se espera ninguna clave de acceso.',
    remedy: 'Escanea un nuevo código QR y empieza de nuevo.',
  },
  'passkey-elsewhere': {
    sentence: 'Esta vinculación empezó en otro navegador.',
    remedy: 'Sigue allí, o cancélala y empieza aquí.',
  },
  'unknown-command': {
    sentence: 'El relay no conoce este comando.',
    remedy: 'Usa la misma versión de Recado en ambos lados: reinicia el relay.',
  },
  'no-such-agent': {
    sentence: 'No hay ningún agente con ese nombre.',
    remedy: 'Mira los nombres con: {recado} agents',
  },
  'which-agent': {
    sentence: 'Hay más de un agente, y falta decir cuál.',
    remedy: 'Mira los nombres con: {recado} agents',
  },
  'no-such-chat': {
    sentence: 'Eso no es un chat, ni un número de teléfono, ni un nombre de usuario conocido.',
    remedy:
      'Mira los chats con: {recado} chats. El número empieza con el código del país; un @nombre vale cuando ya está en esa lista.',
  },
  'no-such-client': {
    sentence: 'Ningún navegador está emparejado con este código.',
    remedy: 'Mira cuáles hay con: {recado} clients.',
  },
  'nothing-unanswered': {
    sentence: 'Nada de este chat quedó sin respuesta.',
    remedy: 'Mira lo que quedó con: {recado} unanswered',
  },
  'group-not-answered': {
    sentence: 'Los grupos no se responden, así que este no se puede elegir.',
    remedy: 'Elige chats con personas. Míralos con: {recado} chats',
  },
  'may-not-answer': { sentence: 'Este chat no puede responderse ahora.', remedy: 'Mira: {recado} why' },
  'not-linked': {
    sentence: 'Este agente no tiene ningún número vinculado.',
    remedy: 'Para vincular uno: {recado} link',
  },
  'already-linked': {
    sentence: 'Este agente ya tiene un número vinculado.',
    remedy: 'Para cambiar de número, desvincúlalo primero: {recado} unlink',
  },
  'who-is-answered': {
    sentence: 'Es la primera vez que se enciende este agente: falta decir a quién se responde.',
    remedy:
      'Usa --answer unknown-people (solo a quien no está en tus contactos), listed (solo los chats elegidos con: {recado} chats answer) o everyone (todos).',
  },
  'name-taken': { sentence: 'Ya existe un agente con ese nombre.', remedy: 'Elige otro nombre.' },
  'bad-settings': {
    sentence: 'Los ajustes del agente no sirven; nada cambió.',
    remedy: 'Corrígelos e inténtalo de nuevo.',
  },
  'key-again': {
    sentence: 'Falta la clave: la dirección del agente cambia, y la clave guardada es de la anterior.',
    remedy: 'Escribe la clave de la dirección nueva, o borra la guardada.',
  },
  'last-agent': { sentence: 'Este es el único agente.', remedy: 'Agrega otro antes, o edita este.' },
  'no-price': {
    sentence: 'El gasto de este agente no se puede contar en esta moneda: no se conoce ningún precio en ella.',
    remedy:
      'Escribe cuánto cuesta un millón de tokens en esta moneda, o pon un límite de tokens. Con un agente que no informa sus tokens, no funciona ninguno de los dos.',
  },
  'no-such-file': { sentence: 'No hay ningún archivo con ese nombre.', remedy: 'Mira cuáles hay.' },
  'reads-no-files': {
    sentence: 'Este tipo de agente no lee archivos de Recado.',
    remedy: 'Ponlos donde se creó el agente.',
  },
  'files-too-large': {
    sentence: 'Los archivos son demasiado grandes, o demasiados.',
    remedy: 'Cada uno puede tener 64 kB; todos juntos, 256 kB, en 20 archivos como máximo.',
  },
  'file-broken': { sentence: 'El archivo no llegó entero; nada cambió.', remedy: 'Agrégalo otra vez.' },
  'no-such-setting': {
    sentence: 'No hay ningún ajuste con ese nombre.',
    remedy: 'Mira todos con: {recado} settings',
  },
  'setting-refused': {
    sentence: 'Este valor no sirve; nada cambió.',
    remedy: 'Elige uno dentro de los límites del ajuste.',
  },
  'setting-fixed': {
    sentence: 'Este ajuste viene de la línea de comandos o del entorno, y no se cambia desde aquí.',
    remedy: 'Inicia el relay sin esa opción, o cámbiala allí.',
  },
  'settings-unreadable': {
    sentence: 'El archivo settings.json del relay no se puede leer; nada cambió.',
    remedy: 'Corrígelo o sácalo del directorio de datos.',
  },
  'store-failed': { sentence: 'El relay no pudo guardar sus datos.', remedy: 'Revisa el disco con: {recado} doctor' },
  'disk-full': {
    sentence: 'El disco está lleno.',
    remedy: 'Libera espacio: el relay sigue solo, y no se perdió nada.',
  },
  'disk-read-only': {
    sentence: 'El disco no admite escritura.',
    remedy: 'Revisa la carpeta de datos con: {recado} doctor',
  },
  failed: { sentence: 'El relay no pudo hacerlo.', remedy: 'El archivo relay.log del directorio de datos dice más.' },
};

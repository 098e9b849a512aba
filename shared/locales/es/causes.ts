/** Spanish: why a link is as it is, and what to do about it. */
import type { CauseWords, LinkNoteWords } from '../shapes.ts';

export const causes: CauseWords = {
  'not-linked': { sentence: 'Ningún número vinculado.', remedy: 'Escanea el código QR para vincular uno.' },
  'unlinked-here': { sentence: 'El número se desvinculó aquí.', remedy: 'Para volver, escanea un nuevo código QR.' },
  'unlinked-on-phone': {
    sentence: 'El número se desvinculó desde el teléfono.',
    remedy: 'Para volver, escanea un nuevo código QR.',
  },
  'unlinked-by-whatsapp': {
    sentence: 'WhatsApp desvinculó este dispositivo.',
    remedy: 'Para volver, escanea un nuevo código QR.',
  },
  'qr-expired': {
    sentence: 'Los códigos QR de este intento vencieron sin escanearse.',
    remedy: 'Inténtalo de nuevo con el teléfono ya en Dispositivos vinculados.',
  },
  'link-cancelled': { sentence: 'La vinculación se canceló.', remedy: 'Para vincular, escanea un nuevo código QR.' },
  'number-in-use': {
    sentence: 'Este número de teléfono ya está vinculado a otro agente.',
    remedy: 'Desvincúlalo del otro agente o usa otro número.',
  },
  'phone-code-refused': {
    sentence: 'WhatsApp no dio un código para ese número.',
    remedy: 'Revisa el número o escanea el código QR. Después de varios intentos, espera una hora.',
  },
  'phone-code-too-early': {
    sentence: 'WhatsApp aún no estaba listo para dar un código.',
    remedy: 'Vuelve a pedir un código.',
  },
  'phone-code-too-often': {
    sentence: 'WhatsApp quiere una pausa antes de dar otro código.',
    remedy: 'Espera una hora o escanea el código QR.',
  },
  'phone-code-not-offered': {
    sentence: 'WhatsApp no deja vincular esta cuenta con un código escrito.',
    remedy: 'Escanea el código QR.',
  },
  'phone-code-silent': {
    sentence: 'WhatsApp no respondió cuando se le pidió un código.',
    remedy: 'Revisa la conexión a internet de esta computadora y vuelve a pedir un código.',
  },
  'phone-code-expired': {
    sentence: 'Los códigos de este intento vencieron sin vincular.',
    remedy: 'Inténtalo de nuevo con el teléfono ya en Dispositivos vinculados, Vincular con número de teléfono.',
  },
  'passkey-required': {
    sentence: 'WhatsApp pide una clave de acceso (passkey) para vincular esta cuenta, y ese paso está apagado aquí.',
    remedy: 'Enciéndelo en las opciones, en Ajustes, o usa otro número.',
  },
  'passkey-not-given': {
    sentence: 'El navegador no trajo la clave de acceso: fue rechazada, no se encontró, o se cerró la pestaña.',
    remedy: 'Ten a mano el teléfono con la clave, e inténtalo de nuevo.',
  },
  'passkey-refused': {
    sentence: 'WhatsApp no aceptó la clave de acceso.',
    remedy: 'Usa la clave de esta misma cuenta. Después de dos intentos, espera unas horas.',
  },
  'passkey-expired': {
    sentence: 'Se acabó el tiempo que WhatsApp da para este paso.',
    remedy: 'Escanea un nuevo código QR cuando tengas el teléfono y la clave de acceso a mano.',
  },
  'passkey-silent': {
    sentence: 'La clave de acceso se envió, y después WhatsApp no dijo nada más.',
    remedy: 'Deja WhatsApp abierto en el teléfono y escanea de nuevo. Después de dos intentos, espera unas horas.',
  },
  'passkey-mismatch': {
    sentence: 'Los códigos no eran iguales, y no se vinculó nada.',
    remedy: 'Escanea de nuevo solo en una red en la que confíes.',
  },
  'link-failed': {
    sentence: 'La vinculación no se completó, y WhatsApp no dijo por qué.',
    remedy: 'Espera un minuto e inténtalo de nuevo.',
  },
  unlinking: {
    sentence: 'Desvinculando: falta que WhatsApp confirme la salida de este dispositivo.',
    remedy: 'El relay lo sigue intentando solo. También puedes quitar el dispositivo en el teléfono.',
  },
  'unlink-unconfirmed': {
    sentence: 'Se desistió de la salida: WhatsApp nunca la confirmó. Este relay ya no tiene el número.',
    remedy: 'Mira en el teléfono, en Dispositivos vinculados, y quita Recado si aún aparece.',
  },
  replaced: {
    sentence: 'Otro programa tomó esta conexión.',
    remedy: 'Cierra el otro programa que usa esta misma conexión y recupérala aquí.',
  },
  'banned-until': {
    sentence: 'WhatsApp suspendió esta cuenta hasta {until}.',
    remedy: 'Abre WhatsApp en el teléfono y lee el aviso. Escanear de nuevo no ayuda.',
  },
  banned: {
    sentence: 'WhatsApp bloqueó esta cuenta, o pasó a otro teléfono.',
    remedy: 'Abre WhatsApp en el teléfono y haz lo que indique. Escanear de nuevo no ayuda.',
  },
  'relay-outdated': { sentence: 'WhatsApp ya no acepta esta versión de Recado.', remedy: 'Actualiza Recado.' },
  'multi-device-off': {
    sentence: 'Esta cuenta aún no permite dispositivos vinculados.',
    remedy: 'En el teléfono, abre Configuración, Dispositivos vinculados, y activa la función.',
  },
  unreachable: {
    sentence: 'No se puede llegar a WhatsApp. El relay lo intenta de nuevo automáticamente.',
    remedy: 'Revisa la conexión a internet de esta computadora.',
  },
  'server-not-trusted': {
    sentence: 'El servidor que respondió no demostró ser WhatsApp.',
    remedy: 'Revisa si una red, un proxy o un antivirus intercepta la conexión.',
  },
  'queue-stuck': {
    sentence: 'WhatsApp tiene más mensajes para este dispositivo y no los entrega. El relay vuelve a intentarlo solo.',
    remedy:
      'Mientras no se lean no se responde a nadie, para no repetir nada ni pasar por encima de lo que escribiste.',
  },
  'connection-lost': {
    sentence: 'La conexión con WhatsApp se cortó. El relay lo intenta de nuevo automáticamente.',
    remedy: '',
  },
  disk: {
    sentence: 'El disco de esta computadora está lleno o no admite escritura: no se recibe ni se responde nada.',
    remedy: 'Libera espacio. El relay sigue solo entonces; lo que llegue mientras tanto espera en WhatsApp.',
  },
  'whatsapp-unavailable': {
    sentence: 'WhatsApp respondió con un error. El relay lo intenta de nuevo automáticamente.',
    remedy: '',
  },
};

/** What is told besides a link's state. */
export const linkNotes: LinkNoteWords = {
  restricted: 'WhatsApp restringió los chats nuevos de este número hasta {until}. Hasta entonces no se responden.',
  'restricted-openly':
    'WhatsApp rechaza las respuestas de este número y no dice hasta cuándo. Recado lo intenta otra vez con el primer mensaje después de las {at}.',
  'clock-ahead':
    'El reloj de esta computadora va {minutes} minutos adelantado. Los mensajes siguen el reloj de WhatsApp; pon en hora el tuyo en la configuración de la computadora.',
  'clock-behind':
    'El reloj de esta computadora va {minutes} minutos atrasado. Los mensajes siguen el reloj de WhatsApp; pon en hora el tuyo en la configuración de la computadora.',
};

/** Spanish: the page of a linking that WhatsApp asks a passkey for. */
import type { PasskeyWords } from '../words.ts';

export const passkey: PasskeyWords = {
  title: 'Vincular con clave de acceso',
  fresh: 'Nuevo: aún no probado en todas las cuentas',
  looking: 'Buscando el relay…',
  why: 'WhatsApp pide una clave de acceso',
  whyText:
    'Para algunas cuentas WhatsApp quiere una prueba más antes de vincular un dispositivo. Tu teléfono la está esperando. Solo un navegador puede traerla, y solo en la página del propio WhatsApp.',
  steps: [
    'El navegador pregunta si Recado puede usar web.whatsapp.com. Recado devuelve ese permiso enseguida.',
    'Una página pequeña de WhatsApp se abre en otra pestaña. Pulsa su botón.',
    'El navegador pide tu clave de acceso (passkey). Si está en el teléfono, el navegador muestra un código QR suyo: escanéalo con la cámara del teléfono, con el Bluetooth encendido en los dos.',
    'Deja WhatsApp abierto en el teléfono hasta que tu número aparezca aquí.',
  ],
  compareLater: 'Al final, el teléfono y esta página muestran un código. Tienen que ser iguales.',
  neverSeen:
    'Recado nunca ve la clave de acceso. Solo pasa a WhatsApp la firma que el navegador hace con ella, y no guarda nada de eso.',
  go: 'Continuar',
  again: 'No funcionó',
  tryAgain: 'Intentar una vez más',
  notPermitted: 'Sin ese permiso el navegador no puede usar la clave. No se envió nada; puedes intentarlo de nuevo.',
  notNow: 'Este paso ya no se espera. Mira Recado en la barra del navegador y escanea un nuevo código QR.',
  elsewhere: 'Esta vinculación empezó en otro navegador. Sigue allí, o cancélala y empieza aquí.',
  wait: 'Sigue en la otra pestaña y en el teléfono',
  compare: '¿El teléfono muestra el mismo código?',
  compareText: 'Di que sí solo si los ocho caracteres son iguales. Si no, puede haber alguien en medio.',
  shown: 'Si el teléfono muestra un código, tiene que ser este. Confírmalo en el teléfono; si es otro, cancela aquí.',
  same: 'Sí, es igual',
  notSame: 'No, es otro',
  done: '{number} está vinculado',
  doneText: 'Puedes cerrar esta pestaña. Recado está en la barra del navegador, y solo responde cuando lo enciendas.',
  open: 'Abrir Recado',
  failed: 'El número no se vinculó',
  nothing: 'No hay nada que hacer aquí ahora',
  nothingText:
    'Esta página sirve para vincular un número del que WhatsApp pide una clave de acceso. Empieza en Recado, en la barra del navegador.',
  tab: {
    title: 'Un paso para WhatsApp',
    text: 'El navegador va a pedir la clave de acceso de tu cuenta de WhatsApp. Esta pestaña se cierra sola.',
    act: 'Usar mi clave de acceso',
  },
};

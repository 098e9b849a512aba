/** Spanish: the popup's screens about the link: the code, a number in use, a connection that keeps falling. */
import type { LinkWords } from '../words.ts';

export const link: LinkWords = {
  more: 'Más sobre esto (en inglés)',
  linking: {
    byLetters: '¿Sin cámara? Usa un código',
    number: 'El número de ese teléfono',
    numberHint: 'Con el código del país, como +55 11 99999-0001',
    getLetters: 'Pedir un código',
    newCode: 'Pedir otro código',
    wrongNumber: 'Este no es un número completo. Empieza por el código del país.',
    phoneCodeStep: 'Toca Vincular con número de teléfono y escribe este código:',
    fresh: 'Nuevo: probado solo en un WhatsApp simulado.',
    passkeyText:
      'WhatsApp quiere una prueba más para esta cuenta: una clave de acceso, que solo el navegador puede traer. Se abre una pestaña y dice qué pasa.',
    steps: [
      'En el teléfono, abre WhatsApp',
      'Toca Configuración (en Android: ⋮)',
      'Toca Dispositivos vinculados',
      'Toca Vincular un dispositivo',
    ],
    preparing: 'Pidiendo un código a WhatsApp…',
    code: 'Código {number} de {of}',
    seconds: '· {seconds} s',
    read: 'Código leído. Termina en el teléfono.',
    readText: 'Si WhatsApp lo pide, confirma. Déjalo abierto hasta que tu número aparezca aquí.',
    cancelAfterScan: 'Si cancelas ahora, la vinculación termina y se deshace enseguida.',
    opening: 'Conectando con WhatsApp…',
  },
  inUse: {
    take: 'Usar el {number}, que tiene {name}',
    handOver: 'Pasar el número a {name}',
    open: 'Abrir {name}',
    heading: 'Número de teléfono ya en uso',
    sign: 'No se pudo vincular',
    undone: 'Esta vinculación se deshizo. El otro agente sigue con el número, como antes.',
    other: 'Esta vinculación se deshizo. El agente {name} sigue con {number}, como antes.',
    each: 'Cada número tiene un solo agente. Puedes:',
    otherNumber: 'escanear con otro número; o',
    freeIt: 'desvincular este número del otro agente y escanear otra vez.',
  },
  unsteady: {
    heading: 'La conexión se cae una y otra vez',
    fell: 'Se cayó {count} veces en la última hora. En este orden:',
    inOrder: 'La conexión aún no vuelve. En este orden:',
    internet: 'Mira si el teléfono tiene internet',
    background: 'Deja WhatsApp funcionando en segundo plano',
    relink: 'Desvincula y escanea el código QR otra vez',
    restart: 'Cierra y abre WhatsApp en el teléfono',
  },
  advice: {
    library:
      'Recado usa una biblioteca no oficial: puede haber inestabilidad ocasional, y Meta puede cambiar las reglas en cualquier momento.',
    dedicatedNumberHeading: 'Importante: Usa un Número Dedicado',
    dedicatedNumber:
      'Mientras esté conectado, todo lo que recibe ese número pasa por el agente, familia y trabajo incluidos.',
    linkSteps: 'WhatsApp → Configuración → Dispositivos vinculados → Vincular un dispositivo',
    replyOnly: 'Solo responde',
    replyOnlyText: 'El agente nunca empieza un chat: habla solo con quien escribió antes.',
    beta: 'Usa una biblioteca no oficial: puede fallar a veces, y Meta puede cambiar las reglas en cualquier momento. Un número por agente.',
  },
};

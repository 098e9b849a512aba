/** Spanish: links, agents and chats: what is so, why, and what to do. */
import type { StatusWords } from '../words.ts';

export const status: StatusWords = {
  statuses: {
    offline: { label: 'Sin conexión', description: 'No conectado. Haz clic en "Escanear código QR" para conectar.' },
    connecting: { label: 'Conectando', description: 'Código QR generado, a la espera de que se escanee.' },
    connected: { label: 'Conectado', description: 'Conectado correctamente y recibiendo mensajes.' },
    reconnecting: { label: 'Reconectando', description: 'Conexión perdida, intentando restaurarla automáticamente.' },
  },
  phases: {
    preparing: 'Preparando el código QR.',
    phoneCode: 'Código listo. Escríbelo en el WhatsApp del teléfono.',
    'code-typed': 'Código escrito. Terminando en el teléfono.',
    'code-worn': 'El código ya no sirve. WhatsApp quiere que pidas otro.',
    'scan-again': 'WhatsApp pidió un código nuevo: escanéalo una vez más.',
    finishing: 'Código QR escaneado. Terminando con el teléfono.',
    'passkey-asked': 'WhatsApp pide un paso más, en el navegador: una clave de acceso.',
    'passkey-signing': 'El navegador está pidiendo la clave de acceso.',
    'passkey-phone': 'Clave de acceso aceptada. Esperando al teléfono.',
    'passkey-comparing': 'Compara el código en las dos pantallas.',
    'passkey-finishing': 'Falta poco: el teléfono está terminando.',
    'catching-up': 'Conectado. Leyendo lo que llegó mientras tanto. Antes de eso no se responde a nadie.',
    'catching-up-left':
      'Conectado. Leyendo lo que llegó mientras tanto: faltan {left}. Antes de eso no se responde a nadie.',
    opening: 'Abriendo la conexión con WhatsApp.',
  },
  truths: {
    'no-number': 'Ningún número vinculado',
    linking: 'Vinculando un número',
    answering: 'El agente responde por ti',
    off: 'Solo respondes tú',
    'line-down': 'Ahora el agente no responde',
    restricted: 'Encendido, pero WhatsApp restringió el número',
    'nobody-chosen': 'Encendido, pero no se ha elegido a nadie',
    'contacts-unknown': 'Encendido, pero tus contactos aún no llegaron',
    'key-refused': 'Encendido, pero la clave fue rechazada',
    'agent-failing': 'Encendido, pero el agente está fallando',
  },
  guidance: {
    cardTitle: 'WhatsApp Personal',
    betaBadge: 'Función Beta',
    oneNumberPerAgent: 'Un número por agente',
    switchedOn: 'Encendido',
    switchedOff: 'Apagado',
    offUntil: 'Apagado hasta {at}',
  },
};

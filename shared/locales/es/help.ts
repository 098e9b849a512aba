/** Spanish: help and limits. */
import type { HelpWords } from '../words.ts';

export const help: HelpWords = {
  limitsTitle: 'Lo que Recado no hace',
  limits: [
    { title: 'No empieza conversaciones', text: 'Solo responde a quien escribió primero.' },
    { title: 'No tiene API de envío', text: 'Ningún programa manda mensajes por él.' },
    { title: 'No muestra las conversaciones', text: 'Aquí hay números y motivos, no un panel de depuración.' },
    {
      title: 'No garantiza la conexión',
      text: 'Depende de la sesión vinculada: de WhatsApp, del teléfono y de esta computadora.',
    },
  ],
  stability: {
    title: 'Estabilidad',
    text: 'Recado es beta. Usa una biblioteca no oficial, puede fallar a veces, y Meta puede cambiar las reglas o restringir un número en cualquier momento. Para un uso serio, ten un plan B: otra forma de que te encuentren.',
  },
  expired: {
    title: 'Código QR vencido',
    text: 'Cada código vale unos 45 segundos y cambia solo, 10 veces como máximo. Cuando los 10 pasan sin lectura, el intento termina. Abre Dispositivos vinculados en el teléfono y luego haz clic en Escanear código QR.',
  },
  inUseText:
    'Cada número tiene un solo agente. Desvincúlalo del otro agente, o usa otro número. Un relay en otra computadora no se ve desde aquí: mira también allá.',
  unsteadyText: 'En este orden:',
  handbook: 'El manual completo (en inglés)',
  business: {
    title: 'Recado o WhatsApp Business',
    text: 'Para un número tuyo, con el que también conversas, Recado es más sencillo. Para una empresa que depende de sus mensajes, usa la API oficial.',
    here: 'Recado',
    there: 'WhatsApp Business (API)',
    rows: [
      { what: 'Verificación de la empresa', here: 'no hace falta', there: 'exigida por Meta' },
      {
        what: 'Plantillas de mensaje',
        here: 'no hay: solo responde',
        there: 'aprobadas por Meta, para empezar conversaciones',
      },
      { what: 'API', here: 'no oficial, por código QR', there: 'oficial' },
      {
        what: 'Precio',
        here: 'gratis, salvo el modelo de IA',
        there: 'por mensaje; desde octubre de 2026, también las respuestas',
      },
      { what: 'Estabilidad', here: 'puede caerse en cualquier momento', there: 'garantizada por contrato' },
      { what: 'Responder a mano', here: 'en el teléfono, cuando quieras', there: 'en un panel aparte' },
      { what: 'Para quién', here: 'personas y pequeños negocios', there: 'empresas' },
    ],
  },
};

/** Spanish: the page that opens once, after the extension is installed. */
import type { FirstPageWords } from '../words.ts';

export const firstPage: FirstPageWords = {
  title: 'Te damos la bienvenida a Recado',
  steps: { begin: 'Empezar', pin: 'Fijar', link: 'Conectar', on: 'Encender' },
  stepsLabel: 'Pasos',
  fine: 'Usa una biblioteca no oficial: puede fallar a veces, y Meta puede cambiar las reglas en cualquier momento.',
  pin: {
    title: 'Fija Recado en la barra',
    lede: 'Desde ahí ves y cambias todo.',
    puzzle: 'Haz clic en la pieza de rompecabezas',
    pin: 'Junto a Recado, haz clic en el alfiler',
    waits: 'Esperando a que lo fijes',
    later: 'Fijarlo después',
  },
  link: { title: 'Conecta tu número', lede: 'El teléfono escanea un código que aparece aquí. Tenlo a mano.' },
  on: {
    title: '¿A quién responde el agente?',
    about: {
      'unknown-people': 'Familia, amigos y clientes guardados quedan contigo.',
      listed: 'Empieza sin nadie; tú eliges uno por uno.',
      everyone: 'Familia y trabajo incluidos. Los grupos quedan fuera.',
    },
    on: 'Encender',
    off: 'Dejar apagado',
    each: 'Cada chat puede tener su propia regla.',
  },
  end: {
    title: 'De aquí en adelante, está en la barra',
    lit: 'La nota encendida quiere decir: quien escriba ahora recibe respuesta. Apagada, solo respondes tú.',
    rules: 'Por ahora usa respuestas listas, sin cuenta y sin costo.',
    chooseAgent: 'Elegir un agente con IA',
    close: 'Cerrar',
  },
  stopped: { title: 'Recado no está funcionando', lede: 'La página sigue sola cuando vuelva.' },
};

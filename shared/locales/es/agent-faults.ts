/** What can go wrong with an agent's back end, and what to do about it. */
import type { AgentFaultWords } from '../shapes.ts';

export const agentFaults: AgentFaultWords = {
  'key-refused': { sentence: 'El agente rechazó la clave.', remedy: 'Indica una clave válida.' },
  'no-credits': {
    sentence: 'La cuenta del agente no tiene créditos.',
    remedy: 'Agrega créditos a la cuenta del agente.',
  },
  'rate-limited': {
    sentence: 'El agente recibió demasiadas solicitudes.',
    remedy: 'Espera, o sube el límite de la cuenta.',
  },
  unreachable: { sentence: 'No se puede llegar al agente.', remedy: 'Revisa la dirección y si está en marcha.' },
  'server-failed': {
    sentence: 'El servidor del agente respondió con un error.',
    remedy: 'Recado lo intenta otra vez solo. Si sigue, mira qué dice ese servidor.',
  },
  'too-slow': {
    sentence: 'El agente tardó demasiado.',
    remedy: 'Revisa el agente, o aumenta el ajuste “Tiempo del agente”.',
  },
  'odd-answer': {
    sentence: 'El agente respondió algo que no es un mensaje para una persona.',
    remedy: 'Revisa el agente: puede estar llamando herramientas que nadie le dio, o ser de otro tipo.',
  },
  'refused-by-agent': { sentence: 'El agente rechazó la solicitud.', remedy: 'Revisa los ajustes del agente.' },
  'address-refused': {
    sentence: 'La dirección del agente no está permitida.',
    remedy: 'Usa https, o http solo en esta computadora; la red local necesita un sí explícito para este agente.',
  },
  'not-configured': { sentence: 'Falta configurar el agente.', remedy: 'Completa los ajustes del agente.' },
  'model-missing': {
    sentence: 'El servidor no tiene este modelo.',
    remedy: 'En Ollama, descárgalo con “ollama pull” y su nombre. O elige un modelo que el servidor tenga.',
  },
  'no-model-loaded': {
    sentence: 'No hay ningún modelo cargado en el servidor.',
    remedy: 'Carga uno: en LM Studio, en “Developer”; uno más pequeño si falta memoria.',
  },
  'wrong-address': {
    sentence: 'No hay ningún agente en esta dirección.',
    remedy:
      'Revísala: en Ollama y LM Studio termina en /v1; en n8n el flujo debe estar activo y la dirección ser la de producción.',
  },
  'wrong-server': {
    sentence: 'Lo que responde en esta dirección no es un agente de este tipo.',
    remedy: 'Revisa la dirección: puede llevar a una página web o a un servidor de otro tipo.',
  },
  certificate: {
    sentence: 'El certificado del servidor del agente no es válido.',
    remedy:
      'Revisa la dirección y la fecha de esta computadora, o pide que renueven el certificado. Detrás de la red de una empresa o de un antivirus: el ajuste “Certificados de esta computadora”.',
  },
  'no-answer': {
    sentence: 'El flujo recibió el mensaje y no devolvió respuesta.',
    remedy: 'Haz que su último paso devuelva el texto. Si solo recibe mensajes, indícalo en los ajustes del agente.',
  },
  'flow-failed': {
    sentence: 'El flujo falló antes de responder.',
    remedy: 'Mira sus últimas ejecuciones: en n8n y Flowise, en “Executions”; en Dify, en “Logs”.',
  },
  'cut-off': {
    sentence: 'El agente se detuvo en medio de una respuesta.',
    remedy: 'Sube el máximo de tokens que el modelo puede escribir. Lo enviado termina en una frase entera.',
  },
  'stopped-early': {
    sentence: 'El agente se detuvo antes de decir una frase entera: no se envió nada.',
    remedy: 'Sube el máximo de tokens que el modelo puede escribir; uno que razona necesita más.',
  },
  'too-long': {
    sentence: 'Una respuesta era más larga de lo que se puede enviar: el final quedó fuera.',
    remedy: 'Pide respuestas más cortas en las instrucciones, o sube el ajuste “Mensajes por respuesta”.',
  },
  'context-too-long': {
    sentence: 'La conversación es demasiado larga para el modelo, incluso sin lo dicho antes.',
    remedy: 'Elige un modelo con más contexto, o dale más: num_ctx en Ollama, “Context Length” en LM Studio.',
  },
  'chat-not-public': {
    sentence: 'El flujo está ahí, pero nadie puede escribirle.',
    remedy: 'En n8n, abre el Chat Trigger, activa “Make Chat Publicly Available” y publica el workflow.',
  },
  'browser-check': {
    sentence: 'Delante del agente hay una comprobación que solo pasa un navegador, como la de Cloudflare.',
    remedy:
      'Exime la dirección de esa comprobación (en Cloudflare: Security, una regla que la omite) o usa otra dirección.',
  },
  'waits-for-person': {
    sentence: 'El flujo se detuvo para preguntarle a una persona: no se envió nada.',
    remedy: 'Recado no puede responder a ese paso (“Human Input”). Quítalo del flujo, o responde tú en el chat.',
  },
  'asks-for-fields': {
    sentence: 'La app pide antes un formulario: no se le preguntó nada.',
    remedy: 'En Dify, haz opcionales los campos del formulario, o dale a cada uno un valor predeterminado.',
  },
};

/** Portuguese (Brazil): what the browser says about the extension, in its lists and settings. */
import type { ManifestWords } from '../words.ts';

export const manifest: ManifestWords = {
  description: 'Responde o seu próprio número de WhatsApp com um agente de IA: conecte, veja, desligue, corte.',
  switchCommand: 'Ligar ou desligar o agente',
};

/** Spanish: what the browser says about the extension, in its lists and settings. */
import type { ManifestWords } from '../words.ts';

export const manifest: ManifestWords = {
  description: 'Responde tu propio número de WhatsApp con un agente de IA: vincúlalo, míralo, apágalo, córtalo.',
  switchCommand: 'Encender o apagar el agente',
};

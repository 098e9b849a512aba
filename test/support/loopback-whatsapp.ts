/** A simulated WhatsApp for one test, which must end with nothing that the simulator did not understand. */
import { expect, onTestFinished } from 'vitest';
import { startWhatsApp, type WhatsApp, type WhatsAppOptions } from '../simulator/whatsapp.ts';

export async function loopbackWhatsApp(options: WhatsAppOptions = {}): Promise<WhatsApp> {
  const whatsapp = await startWhatsApp(options);
  onTestFinished(async () => {
    await whatsapp.stop();
    expect(whatsapp.unknownQueries).toEqual([]);
    expect(whatsapp.recorded.hangUps).toEqual([]);
  });
  return whatsapp;
}

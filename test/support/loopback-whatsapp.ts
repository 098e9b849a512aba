/** A simulated WhatsApp for one test, which must end with nothing that the simulator did not understand. */
import { expect, onTestFinished } from 'vitest';
import { startWhatsApp, type WhatsApp, type WhatsAppOptions } from '../simulator/whatsapp.ts';

/** WhatsApps to which a client is linked that is careful of nothing: stock Baileys. */
export const CARELESS = new WeakSet<object>();

export async function loopbackWhatsApp(options: WhatsAppOptions = {}): Promise<WhatsApp> {
  const whatsapp = await startWhatsApp(options);
  onTestFinished(async () => {
    await whatsapp.stop();
    expect(whatsapp.unknownQueries).toEqual([]);
    expect(whatsapp.recorded.hangUps).toEqual([]);
    if (CARELESS.has(whatsapp)) return;
    // A linked device that counts as online silences its owner's phone; one that refuses a stanza may get nothing more.
    expect(whatsapp.recorded.presences.filter(({ type }) => type !== 'unavailable')).toEqual([]);
    expect(whatsapp.recorded.pushesWithheld).toEqual([]);
    expect(whatsapp.recorded.refused).toEqual([]);
  });
  return whatsapp;
}

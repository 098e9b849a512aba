/** A full disk in the popup: said in one sentence of each language, nothing lit, no advice that would not help, and over by itself. */
import { expect } from 'vitest';
import { inChromium } from '../support/chromium.ts';
import { CAN_MOUNT, smallDisk } from '../support/small-disk.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

const LANGUAGES = [
  ['pt-BR', 'O disco deste computador está cheio', 'Libere espaço', 'Conectado com sucesso'],
  ['en', 'The disk of this computer is full', 'Make room', 'Connected'],
  ['es', 'El disco de esta computadora está lleno', 'Libera espacio', 'Conectado'],
] as const;

const onSmallDisk = CAN_MOUNT ? inChromium : inChromium.skip;

for (const [language, sentence, remedy, connected] of LANGUAGES) {
  onSmallDisk(`a full disk is told, and how it ends (${language})`, async () => {
    const disk = smallDisk(16);
    const { popup, relay, whatsapp } = await startToolbar({
      language,
      home: disk.home,
      settings: { backoffFirstSeconds: 0.5 },
    });
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
    await relay.link('Recado', ana);
    await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
    await popup.page.locator('.note[data-lit]').wait();
    disk.fill();
    await caio.write(ana, 'oi');
    await popup.shows(sentence, remedy);
    expect(await popup.page.$('[data-lit]')).toBeNull();
    expect(await popup.page.$('#unsteady')).toBeNull();
    // The switch cannot be moved now: it goes back, and says why.
    await popup.page.locator('.switch').click();
    await popup.page.locator('[role="alert"]').wait();
    expect(await popup.page.$('.switch:checked')).not.toBeNull();
    disk.makeRoom();
    await popup.shows(connected);
    await popup.page.locator('.note[data-lit]').wait();
  });
}

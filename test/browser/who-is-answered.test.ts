/** Who is answered and when, from the popup: the week's times, and a chat that the owner has taken over and gives back. */
import { expect } from 'vitest';
import { inChromium } from '../support/chromium.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

type Status = { agents: { schedule: object[]; nextEdge: { at: number } | null; on: boolean }[] };

inChromium('the times of a week are set in the popup, hold, and can be taken back', async () => {
  const { popup, relay } = await startToolbar();
  const scheduled = async () => (await relay.client.ask<Status>('status')).agents[0]?.schedule;
  await popup.click('Mais opções');
  await popup.click('Horário');
  await popup.shows('Primeiro escolha quem é respondido');
  await relay.client.ask('scope', { agent: 'Recado', scope: 'unknown-people' });
  await popup.shows('Nenhum horário ainda');
  await popup.click('Adicionar horário');
  await popup.page.click('.days label:nth-of-type(7)');
  await popup.page.$eval('input[type="time"]', (field) => {
    (field as HTMLInputElement).value = '22:00';
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await popup.shows('termina no dia seguinte');
  await popup.click('Salvar');
  await popup.shows('Salvo.');
  await expect
    .poll(scheduled)
    .toEqual([{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], from: '22:00', to: '18:00' }]);
  expect((await relay.client.ask<Status>('status')).agents[0]?.nextEdge).not.toBeNull();
  await popup.page.click('.hours .quiet');
  await popup.click('Salvar');
  await expect.poll(scheduled).toEqual([]);
});

inChromium(
  'a chat in which the owner wrote is theirs for a while, with the time left, and is given back by a click',
  async () => {
    const { popup, relay, whatsapp } = await startToolbar();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
    await relay.link('Recado', ana);
    await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
    await caio.write(ana, 'oi');
    await ana.write(caio, 'sou eu');
    const held = async () =>
      (await relay.client.ask<{ chats: { heldUntil: number | null }[] }>('chats.list')).chats[0]?.heldUntil ?? null;
    await expect.poll(held, { timeout: 10_000 }).not.toBeNull();
    await popup.click('Mais opções');
    await popup.click('Quem é respondido');
    await popup.shows('~Caio', 'Você assumiu até', 'Só quem não está nos meus contatos');
    await popup.click('Devolver ao agente');
    await expect.poll(held).toBeNull();
    await popup.hides('Você assumiu até');
  },
);

/** A computer whose clock is wrong: its owner is told, and everybody is answered, or left alone, as if it were right. */
import { expect, test } from 'vitest';
import { systemClock } from '../../relay/clock.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';

const MINUTE = 60_000;

test.each([20, -20, 26 * 60])(
  '%i minutes ahead: fresh is answered, old is not, and the owner’s own words count',
  async (minutes) => {
    const whatsapp = await loopbackWhatsApp();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    const [caio, davi, eva] = ['1', '2', '3'].map((end) => whatsapp.contact({ number: `551198888000${end}` }));
    if (!caio || !davi || !eva) throw new Error('nobody writes');
    const clock = { ...systemClock, now: () => Date.now() + minutes * MINUTE };
    const relay = await startRelayBench(whatsapp, { clock });
    await relay.link('Recado', ana);
    await relay.client.ask('switch', { on: true, scope: 'everyone' });

    await davi.write(ana, 'há uma hora', { sentAt: Date.now() - 60 * MINUTE });
    await ana.write(eva, 'já respondo');
    await eva.write(ana, 'tudo bem?');
    await caio.write(ana, 'oi');
    await whatsapp.until(() => caio.received.length === 1, 'the fresh message was answered');
    expect([davi.received.length, eva.received.filter(({ text }) => text !== 'já respondo').length]).toEqual([0, 0]);
    const { outcomes } = await relay.client.ask<{ outcomes: { outcome: string }[] }>('outcomes.list');
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['answered', 'owner-wrote', 'too-old']);
    expect((await relay.status('Recado')).link).toMatchObject({ status: 'connected', clockAhead: minutes });
  },
);

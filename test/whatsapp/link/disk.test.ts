/** A disk that fails in the middle of something, in every way that the store tells of: the connection is closed with its cause, and comes back. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Store, StoreError, type StoreFault } from '../../../relay/store/store.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { AGENT, testStore, withAgent } from '../../support/store.ts';

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001' });
  caio = whatsapp.contact({ number: '5511988880001' });
});

/** A store whose links cannot be written from `fail` on until `heal`. */
async function failingStore(fault: StoreFault): Promise<{ readonly store: Store; fail(): void; heal(): void }> {
  const store = await withAgent(await testStore(), AGENT, Date.now());
  let failing = false;
  const stage = store.links.stage.bind(store.links);
  Object.assign(store.links, {
    stage: (...given: Parameters<typeof stage>) =>
      failing ? Promise.reject(new StoreError(fault, 'The disk fails.', '')) : stage(...given),
  });
  for (const method of ['write', 'destroy', 'startUnlinking', 'tryDisk'] as const) {
    const works: (...given: never[]) => Promise<void> = store.links[method].bind(store.links);
    Object.assign(store.links, {
      [method]: async (...given: never[]) => {
        if (failing) throw new StoreError(fault, 'The disk fails.', '');
        await works(...given);
      },
    });
  }
  return {
    store,
    fail: () => {
      failing = true;
    },
    heal: () => {
      failing = false;
    },
  };
}

describe.each(['disk-full', 'not-writable', 'failed'] as const)('a disk that is %s', (fault) => {
  test('closes the connection without a receipt, says so all along, and the connection is back with the disk', async () => {
    const disk = await failingStore(fault);
    const bench = await startBench(whatsapp, { store: disk.store });
    await linkTo(whatsapp, bench, ana);
    const [device] = ana.user.companions;
    await whatsapp.until(() => device?.unconfirmed === 0, 'the line is quiet');
    const logins = whatsapp.recorded.logins.length;
    disk.fail();
    await caio.write(ana, 'oi');
    await whatsapp.until(() => bench.session.report.cause === 'disk', 'the cause is told');
    const told = bench.reports.length;
    // Several looks at the disk later nothing else was told, and WhatsApp was not bothered.
    await whatsapp.until(() => bench.reports.length > told + 5, 'the disk was looked at');
    expect(new Set(bench.reports.slice(told).map(({ status, cause }) => `${status} ${cause}`))).toEqual(
      new Set(['reconnecting disk']),
    );
    expect(whatsapp.recorded.logins).toHaveLength(logins);
    expect(device?.unconfirmed).toBe(1);
    await expect(bench.session.link()).rejects.toMatchObject({ fault });
    await expect(bench.session.unlink()).rejects.toMatchObject({ fault });
    disk.heal();
    await whatsapp.until(() => bench.taken.length === 1, 'it was taken in');
    await whatsapp.until(() => bench.session.report.status === 'connected', 'the connection is back');
    expect(bench.session.report.cause).toBeNull();
  });

  test('a link that the phone removes meanwhile is destroyed once the disk works', async () => {
    const disk = await failingStore(fault);
    const bench = await startBench(whatsapp, { store: disk.store });
    await linkTo(whatsapp, bench, ana);
    disk.fail();
    ana.unlink();
    // Which of the two is noticed first is nobody's choice.
    await whatsapp.until(() => bench.session.report.status !== 'connected', 'the line fell');
    expect(await disk.store.links.list()).toHaveLength(1);
    disk.heal();
    await expect.poll(async () => disk.store.links.list()).toEqual([]);
    expect(bench.session.report).toMatchObject({ status: 'offline', cause: 'unlinked-on-phone' });
  });
});

test('a scan that meets the fault leads to a whole link or to none, once the disk works', async () => {
  const disk = await failingStore('disk-full');
  const bench = await startBench(whatsapp, { store: disk.store });
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  disk.fail();
  const scanned = ana.scan(bench.session.code ?? '').catch(() => 'the device went away');
  await whatsapp.until(() => bench.session.report.cause === 'disk', 'the cause is told');
  disk.heal();
  await scanned;
  await whatsapp.until(
    () => bench.session.report.status === (ana.companions().length === 1 ? 'connected' : 'offline'),
    'phone and relay agree',
  );
});

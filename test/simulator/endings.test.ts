/** Each way in which a connection ends, and what stock Baileys 7.0.0-rc14 makes of it. */
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { linkStock, type StockClient, stockClient } from '../support/stock-baileys.ts';
import type { Person } from './people/person.ts';
import type { Ending } from './server/faults.ts';
import type { WhatsApp } from './whatsapp.ts';

let whatsapp: WhatsApp;
let client: StockClient;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  client = stockClient(whatsapp, { keepAliveIntervalMs: 200, connectTimeoutMs: 400 });
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await linkStock(whatsapp, client, ana);
});

afterEach(async () => {
  client.end();
});

async function closedWith(code: number): Promise<void> {
  await whatsapp.until(() => client.closes.length >= 2, 'the connection ended');
  expect(client.closes).toEqual([515, code]);
}

async function comesBack(of = client): Promise<void> {
  const opened = of.opened();
  of.connect();
  await opened;
}

describe('a stanza ends an open connection', () => {
  test.each<[Ending, number]>([
    ['replaced', 440],
    ['deviceRemoved', 401],
    ['missedAck', 500],
    ['streamError503', 503],
    ['xmlNotWellFormed', 500],
    ['downgrade', 411],
    ['streamEnd', 428],
  ])('%s is %i', async (ending, code) => {
    whatsapp.endWith(ending, ana);
    await closedWith(code);
    await comesBack();
  });

  test('restart is 515, and the client comes back by itself', async () => {
    const opened = client.opened();
    whatsapp.endWith('restart', ana);
    await opened;
    expect(client.closes).toEqual([515, 515]);
  });
});

describe('a login is refused', () => {
  test.each(['401', '402', '403', '405', '406', '409', '500', '503'])('with reason %s', async (reason) => {
    whatsapp.cut(ana);
    await closedWith(428);
    whatsapp.faults.refuseLogins(reason, { expire: 60 });
    client.connect();
    await whatsapp.until(() => client.closes.length === 3, 'the login was refused');
    expect(client.closes.at(-1)).toBe(Number(reason));
    whatsapp.faults.clear();
    await comesBack();
  });

  test('without a reason it is 500', async () => {
    whatsapp.cut(ana);
    await closedWith(428);
    whatsapp.faults.refuseLogins(null);
    client.connect();
    await whatsapp.until(() => client.closes.length === 3, 'the login was refused');
    expect(client.closes.at(-1)).toBe(500);
  });
});

describe('the line breaks', () => {
  test('cut is 428', async () => {
    whatsapp.cut(ana);
    await closedWith(428);
  });

  // The WebSocket library closes an open socket on a reset without an error of its own.
  test('a TCP reset is 428 too', async () => {
    whatsapp.reset(ana);
    await closedWith(428);
  });

  test('silence is 408, once the keep-alive has noticed', async () => {
    whatsapp.silence(ana);
    await closedWith(408);
  });

  test('an upgrade that a proxy refuses is told with its HTTP status, and closes nothing by itself', async () => {
    whatsapp.faults.httpStatus = 403;
    whatsapp.cut(ana);
    await closedWith(428);
    const statuses: unknown[] = [];
    client.connect();
    client.socket.ws.on('unexpected-response', (_request: unknown, { statusCode }: IncomingMessage) =>
      statuses.push(statusCode),
    );
    await whatsapp.until(() => statuses.length > 0, 'the upgrade was refused');
    expect(statuses).toEqual([403]);
    client.end();
    await whatsapp.until(() => client.closes.length === 3, 'the client let go');
    whatsapp.faults.clear();
    await comesBack();
  });

  test('a server that accepts and says nothing is given up', async () => {
    whatsapp.faults.deafFromStart = true;
    whatsapp.cut(ana);
    await closedWith(428);
    client.connect();
    await whatsapp.until(() => client.closes.length === 3, 'the client gave up');
    expect(client.closes.at(-1)).toBe(408);
  });

  test('the server hangs up on a frame that does not verify', async () => {
    const bytes = Buffer.alloc(3 + 32);
    bytes.writeUIntBE(32, 0, 3);
    await client.socket.sendRawMessage(Buffer.alloc(16));
    client.socket.ws.send(bytes);
    await closedWith(428);
    expect(whatsapp.recorded.hangUps).toHaveLength(1);
    whatsapp.recorded.hangUps.length = 0;
  });
});

describe('a device', () => {
  test('has one connection: a second login with its credentials takes over', async () => {
    const second = stockClient(whatsapp, { auth: client.auth });
    onTestFinished(() => second.end());
    await comesBack(second);
    await closedWith(440);
    expect(second.closes).toEqual([]);
    expect(ana.companions()).toMatchObject([{ online: true }]);
  });

  test('that is removed on the phone is told 401 at once, the others stay', async () => {
    const second = stockClient(whatsapp);
    onTestFinished(() => second.end());
    await linkStock(whatsapp, second, ana);
    const [first] = ana.companions();
    ana.unlink(first?.deviceId);
    await closedWith(401);
    expect(ana.companions()).toMatchObject([{ online: true }]);
    expect(second.closes).toEqual([515]);
  });

  test('that was removed while it was away is refused with 401', async () => {
    whatsapp.cut(ana);
    await closedWith(428);
    ana.unlink();
    client.connect();
    await whatsapp.until(() => client.closes.length === 3, 'the login was refused');
    expect(client.closes.at(-1)).toBe(401);
  });

  test('that logs itself out is gone', async () => {
    await client.socket.logout();
    await closedWith(401);
    expect(ana.companions()).toEqual([]);
  });

  test('that shows another key is refused with 401', async () => {
    client.end();
    const thief = stockClient(whatsapp);
    const { me, account } = client.creds;
    Object.assign(thief.auth.creds, { me, account, registered: true });
    thief.connect();
    await whatsapp.until(() => thief.closes.length === 1, 'the login was refused');
    expect(thief.closes).toEqual([401]);
    expect(ana.companions()).toHaveLength(1);
  });
});

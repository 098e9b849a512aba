/** What a person shows who asks why their number is not linked: enough to see where it stops, and nothing that is theirs. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock, systemRandom } from '../../../relay/clock.ts';
import { LinkingTrace } from '../../../relay/whatsapp/socket/linking-trace.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type Bench, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana Planted', business: 'Planted Bakery' });
});

const traceOf = (bench: Bench): string => JSON.stringify(bench.session.trace.attempts);

async function scanned(bench: Bench): Promise<string> {
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  const text = bench.session.code ?? '';
  await ana.scan(text);
  return text;
}

test('a link from the first code to the first login, with its steps in order, and nothing of its owner', async () => {
  const bench = await startBench(whatsapp);
  ana.refreshes = 1;
  await bench.session.link();
  await expect(scanned(bench)).rejects.toThrow('another secret');
  await whatsapp.until(() => bench.session.report.qr?.renewals === 1, 'the code was drawn anew');
  const text = await scanned(bench);
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was linked');
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio Planted' });
  await caio.write(ana, 'planted words');
  await whatsapp.until(() => bench.taken.length === 1, 'a message came');
  const [attempt] = bench.session.trace.attempts;
  const steps = attempt?.entries.flatMap((entry) => {
    if (entry.way === 'state') return entry.what.phase === undefined ? [] : [`state ${entry.what.phase}`];
    const { content } = entry.stanza;
    const [child] = typeof content === 'object' ? content : [];
    return [`${entry.way} ${entry.stanza.tag} ${entry.stanza.attrs.type ?? ''} ${child?.tag ?? ''}`.trim()];
  });
  const inOrder = [
    'received iq set pair-device',
    'state showing-code',
    'received notification companion_reg_refresh companion_reg_refresh',
    'sent ack companion_reg_refresh',
    'received iq set pair-success',
    'received stream:error',
    'received success',
  ];
  expect(steps?.filter((step) => inOrder.includes(step)).filter((step, at, all) => step !== all[at - 1])).toEqual([
    'received iq set pair-device',
    'state showing-code',
    'received notification companion_reg_refresh companion_reg_refresh',
    'sent ack companion_reg_refresh',
    'state showing-code',
    'received iq set pair-success',
    'received stream:error',
    'received success',
  ]);
  const kept = traceOf(bench);
  for (const secret of [...text.split(/[,#@]/).filter((field) => field.length > 6), ana.number, ana.user.lid])
    expect(kept).not.toContain(secret);
  expect(kept).not.toMatch(/planted/i);
});

test('letters that are refused, with the code that WhatsApp gave and the display that was sent', async () => {
  whatsapp.server.linking.helloAnswer = { code: '400', text: 'bad-request' };
  const bench = await startBench(whatsapp);
  await bench.session.link(null, ana.number);
  await whatsapp.until(() => bench.session.report.cause === 'phone-code-refused', 'it was refused');
  const kept = traceOf(bench);
  expect(kept).toMatch(/"code":"400","text":"bad-request"/);
  expect(kept).toMatch(/"says":"Chrome \((Windows|Mac OS|Linux)\)"/);
  expect(kept).toMatch(/"cause":"phone-code-refused"/);
  expect(kept).not.toContain(ana.number);
});

test('letters that link are in it nowhere', async () => {
  const bench = await startBench(whatsapp);
  await bench.session.link(null, ana.number);
  await whatsapp.until(() => bench.session.report.qr !== null, 'letters were shown');
  const letters = bench.session.code ?? '';
  await ana.enterCode(letters);
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was linked');
  expect(traceOf(bench)).not.toContain(letters);
  expect(traceOf(bench)).not.toContain(letters.replace('-', ''));
});

test('of many attempts the latest three are kept, each within its bound', () => {
  const trace = new LinkingTrace(systemClock, systemRandom);
  for (let attempt = 0; attempt < 5; attempt++) {
    trace.begin();
    for (let entry = 0; entry < 1_000; entry++) trace.state({ attempt, entry });
  }
  expect(trace.attempts.map(({ entries }) => entries.length)).toEqual([400, 400, 400]);
  expect(trace.attempts.map(({ entries: [first] }) => first)).toMatchObject(
    [2, 3, 4].map((attempt) => ({ what: { attempt } })),
  );
});

describe('whatever a stanza says', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=]{20,60}$/);
  const digits = fc.stringMatching(/^[1-9]\d{7,14}$/);
  const name = fc.string({ minLength: 4, maxLength: 30 }).filter((text) => /[^\w:.-]/.test(text));

  test('no secret, number or name in an attribute or a content is kept', () => {
    fc.assert(
      fc.property(secret, digits, name, fc.string(), (key, number, person, attribute) => {
        const trace = new LinkingTrace(systemClock, systemRandom);
        trace.begin();
        trace.stanza('received', {
          tag: 'notification',
          attrs: {
            id: key,
            from: `${number}:3@s.whatsapp.net`,
            type: 'x',
            notify: person,
            text: number,
            [number]: key,
          },
          content: [
            { tag: 'biz', attrs: { name: person, [attribute]: person } },
            { tag: 'companion_platform_display', attrs: {}, content: Buffer.from(`${number} ${key}`) },
            { tag: 'ref', attrs: {}, content: Buffer.from(key) },
            { tag: number, attrs: { jid: `${number}@lid`, code: number } },
          ],
        });
        const kept = JSON.stringify(trace.attempts);
        for (const each of [key, number, JSON.stringify(person).slice(1, -1)]) expect(kept).not.toContain(each);
      }),
    );
  });
});

/** One person, however WhatsApp names them this time: by number, by number and LID, by LID alone, and by another LID than before. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Union } from '../../../relay/store/chat-ledger.ts';
import type { ChatMessage } from '../../../relay/store/chat-message.ts';
import type { Store } from '../../../relay/store/store.ts';
import { People } from '../../../relay/whatsapp/messages/people.ts';
import type { ChatId } from '../../../shared/contract/chat.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { silentLog } from '../../support/silent-log.ts';
import { AGENT, testStore, withAgent } from '../../support/store.ts';

const NUMBER = '5511988880001';
const LID = '200000000000002';
const OTHER_LID = '300000000000003';
const BY_NUMBER = `${NUMBER}@s.whatsapp.net` as ChatId;
const BY_LID = `${LID}@lid` as ChatId;
const BY_OTHER_LID = `${OTHER_LID}@lid` as ChatId;
const KEY = Buffer.alloc(33, 5);
const OTHER_KEY = Buffer.alloc(33, 6);

let store: Store;

beforeEach(async () => {
  store = await withAgent(await testStore());
});

type Options = {
  /** Baileys' own pairs. */
  readonly mapped?: Record<string, string>;
  /** By Baileys' names for them. */
  readonly identities?: Record<string, Uint8Array>;
  readonly keepsText?: (chatId: ChatId, others?: readonly ChatId[]) => boolean;
  readonly isOn?: boolean;
};

type Bench = { readonly people: People; readonly merges: string[]; readonly identities: Record<string, Uint8Array> };

function people({ mapped = {}, identities = {}, keepsText = () => true, isOn = true }: Options = {}): Bench {
  const merges: string[] = [];
  const made = new People({
    agentId: AGENT,
    chats: store.chats,
    log: silentLog(),
    keys: () => ({
      get: async (type) => (type === 'identity-key' ? identities : mapped) as never,
      set: async () => undefined,
    }),
    addressBook: { united: () => undefined },
    inbound: {
      keepsText,
      isOn,
      united: async ({ from, into, texts }: Union) => void merges.push(`${from} ${texts ? '→' : '⇢'} ${into}`),
    },
  });
  return { people: made, merges, identities };
}

function message(chatId: ChatId, number: string | null): ChatMessage {
  return {
    chatId,
    chatKind: 'direct',
    messageId: '3A01',
    author: 'contact',
    number,
    senderName: null,
    sentAt: 0,
    live: true,
    kind: 'text',
    text: 'oi',
    shown: [],
    disappearsAfter: null,
    addressed: true,
  };
}

test('a number stays its own chat until its LID is known, then both are one for ever', async () => {
  const { people: one, merges } = people();
  expect(await one.place(message(BY_NUMBER, NUMBER))).toMatchObject({ chatId: BY_NUMBER });
  await one.learn(BY_LID, BY_NUMBER);
  expect(merges).toEqual([`${BY_NUMBER} → ${BY_LID}`]);
  await one.learn(`${NUMBER}:12@s.whatsapp.net`, `${LID}:3@lid`);
  expect(merges).toHaveLength(1);
  expect(await one.place(message(BY_NUMBER, NUMBER))).toMatchObject({ chatId: BY_LID, number: NUMBER });
  expect(await one.place(message(BY_LID, null))).toMatchObject({ chatId: BY_LID, number: NUMBER });
  expect(await one.chatOf(`${NUMBER}:4@s.whatsapp.net`, undefined)).toBe(BY_LID);
});

test('what Baileys looked up by itself counts as well, in both directions', async () => {
  const { people: one, merges } = people({ mapped: { [NUMBER]: LID, [`${LID}_reverse`]: NUMBER } });
  expect(await one.place(message(BY_LID, null))).toMatchObject({ chatId: BY_LID, number: NUMBER });
  expect(await one.place(message(BY_NUMBER, NUMBER))).toMatchObject({ chatId: BY_LID });
  expect(merges).toEqual([`${BY_NUMBER} → ${BY_LID}`]);
});

test('a LID is never taken for the number with the same digits', async () => {
  const { people: one, merges } = people();
  await one.learn(`${NUMBER}@lid`, `${NUMBER}@lid`);
  await one.learn(BY_NUMBER, `${LID}@s.whatsapp.net`);
  expect(merges).toEqual([]);
  expect(await one.place(message(`${NUMBER}@lid` as ChatId, null))).toMatchObject({
    chatId: `${NUMBER}@lid`,
    number: null,
  });
});

test('of a chat that is not kept no number is written (S25)', async () => {
  const { people: one, merges } = people({ keepsText: () => false });
  await one.learn(BY_LID, BY_NUMBER);
  expect(merges).toEqual([]);
  expect(await store.chats.lidOf(AGENT, NUMBER)).toBeNull();
});

test('a rule made for the number is enough to learn who it is', async () => {
  const { people: one, merges } = people({ keepsText: (chatId) => chatId === BY_NUMBER });
  await one.learn(BY_LID, BY_NUMBER);
  expect(merges).toEqual([`${BY_NUMBER} → ${BY_LID}`]);
});

describe('another LID', () => {
  const identities = { [`${LID}_1.0`]: KEY, [`${OTHER_LID}_1.0`]: KEY };

  test('of the same phone: what was said goes along, over a restart and for what still names the former one', async () => {
    const { people: one, merges } = people({ identities });
    await one.learn(BY_LID, BY_NUMBER);
    await one.learn(BY_OTHER_LID, BY_NUMBER);
    expect(merges.slice(1)).toEqual([`${BY_NUMBER} → ${BY_OTHER_LID}`, `${BY_LID} → ${BY_OTHER_LID}`]);
    for (const each of [one, people({ identities, mapped: { [`${LID}_reverse`]: NUMBER } }).people]) {
      expect(await each.chatOf(BY_LID, undefined)).toBe(BY_OTHER_LID);
      expect(await each.place(message(BY_LID, NUMBER))).toMatchObject({ chatId: BY_OTHER_LID, number: NUMBER });
      expect(await each.place(message(BY_LID, null))).toMatchObject({ chatId: BY_OTHER_LID });
    }
    expect(await store.chats.lidOf(AGENT, NUMBER)).toBe(OTHER_LID);
  });

  test('of another phone: what was decided goes along, nothing that was said does', async () => {
    const { people: one, merges } = people({ identities: { ...identities, [`${OTHER_LID}_1.0`]: OTHER_KEY } });
    await one.learn(BY_LID, BY_NUMBER);
    await one.learn(BY_OTHER_LID, BY_NUMBER);
    expect(merges).toContain(`${BY_LID} ⇢ ${BY_OTHER_LID}`);
    // Whoever still writes from the former one is who they were.
    expect(await one.chatOf(BY_LID, undefined)).toBe(BY_LID);
    expect(await one.place(message(BY_LID, null))).toMatchObject({ chatId: BY_LID, number: null });
  });

  test('learnt before its phone has shown its key: nothing goes along, until it has', async () => {
    const bench = people({ identities: { [`${LID}_1.0`]: KEY } });
    const { people: one, merges } = bench;
    await one.learn(BY_LID, BY_NUMBER);
    await one.learn(BY_OTHER_LID, BY_NUMBER);
    expect(merges).toContain(`${BY_LID} ⇢ ${BY_OTHER_LID}`);
    bench.identities[`${OTHER_LID}_1.0`] = KEY;
    await one.place(message(BY_OTHER_LID, NUMBER));
    expect(merges.at(-1)).toBe(`${BY_LID} → ${BY_OTHER_LID}`);
    expect(await one.chatOf(BY_LID, undefined)).toBe(BY_OTHER_LID);
  });

  test('a chat addressed by a number that has another phone now leaves nothing to it either', async () => {
    const { people: one, merges } = people({
      identities: { [`${NUMBER}.0`]: KEY, [`${LID}_1.0`]: OTHER_KEY },
    });
    await one.learn(BY_LID, BY_NUMBER);
    expect(merges).toEqual([`${BY_NUMBER} ⇢ ${BY_LID}`]);
  });

  test('a pair of before, told late, changes nothing', async () => {
    const { people: one, merges } = people({ identities });
    await one.learn(BY_LID, BY_NUMBER);
    await one.learn(BY_OTHER_LID, BY_NUMBER);
    const before = merges.length;
    await one.learn(BY_LID, BY_NUMBER);
    expect(merges).toHaveLength(before);
    expect(await store.chats.lidOf(AGENT, NUMBER)).toBe(OTHER_LID);
  });

  test('one LID of two numbers is one person: the stricter of both rules holds', async () => {
    const { people: one } = people();
    const other = '5511977770001@s.whatsapp.net' as ChatId;
    await store.chats.setRule(AGENT, BY_NUMBER, 'answer');
    await store.chats.setRule(AGENT, other, 'never');
    await one.learn(BY_LID, BY_NUMBER);
    await one.learn(BY_LID, other);
    expect(await store.chats.rules(AGENT)).toEqual(new Map([[BY_LID, 'never']]));
  });

  test('of somebody whose number was never written, for they are never answered: Baileys knows it', async () => {
    const { people: one } = people({ keepsText: () => false, mapped: { [`${LID}_reverse`]: NUMBER } });
    await store.chats.setRule(AGENT, BY_LID, 'never');
    await one.learn(BY_OTHER_LID, BY_NUMBER);
    expect((await store.chats.rules(AGENT)).get(BY_OTHER_LID)).toBe('never');
  });

  test('while off nothing is learnt of a number that is not written yet', async () => {
    const { people: one } = people({ keepsText: () => false, isOn: false, mapped: { [`${LID}_reverse`]: NUMBER } });
    await store.chats.setRule(AGENT, BY_LID, 'never');
    await one.learn(BY_OTHER_LID, BY_NUMBER);
    expect(await store.chats.lidOf(AGENT, NUMBER)).toBeNull();
  });

  test('before it is learnt, its texts are judged by what was decided for the person', async () => {
    await people({ identities }).people.learn(BY_LID, BY_NUMBER);
    const asked: (readonly ChatId[])[] = [];
    const { people: one } = people({
      keepsText: (chatId, others = []) => {
        asked.push([chatId, ...others]);
        return false;
      },
    });
    expect(await one.keepsText(BY_OTHER_LID, BY_NUMBER)).toBe(false);
    expect(asked).toEqual([[BY_OTHER_LID, BY_NUMBER, BY_LID]]);
  });
});

test('the same person by number, by number and LID, and by LID alone is one chat', async () => {
  const whatsapp = await loopbackWhatsApp();
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: NUMBER, lid: LID, addressing: 'pn' });
  await linkTo(whatsapp, bench, ana);
  caio.user.tellsOtherAddress = false;
  await caio.write(ana, 'pelo número');
  caio.user.tellsOtherAddress = true;
  await caio.write(ana, 'pelo número, com LID');
  caio.addressing = 'lid';
  await caio.write(ana, 'pelo LID, com número');
  caio.user.tellsOtherAddress = false;
  await caio.write(ana, 'só pelo LID');
  await whatsapp.until(() => bench.taken.length === 4, 'all were taken in');
  expect(bench.taken.map(({ chatId, number }) => `${chatId} ${number}`)).toEqual(Array(4).fill(`${BY_LID} ${NUMBER}`));
  await bench.stop();
});

/** What is told of a long outage: how long it was, and how many chats came too late by it. */
import { expect, test } from 'vitest';
import { outageOf } from '../../relay/app/agent-view.ts';
import { LinkStatuses } from '../../relay/app/link-statuses.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { CONNECTED, report } from '../support/fake-relay-api.ts';
import { keep } from '../support/ledger-entries.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';

const MINUTE = 60_000;
const FROM = 1_000 * MINUTE;
const UNTIL = 1_029 * MINUTE;

function statuses(...since: readonly number[]): LinkStatuses {
  const linkStatuses = new LinkStatuses(() => undefined);
  for (const [at, moment] of since.entries())
    linkStatuses.put(
      AGENT,
      at % 2 === 0 ? { ...CONNECTED, since: moment } : report({ status: 'reconnecting', since: moment }),
    );
  return linkStatuses;
}

test('of a long outage its times are told for an hour, with the chats that came too late by it; a short one is none', async () => {
  const store = await withAgent(await testStore());
  await store.agents.switchTo(AGENT, true, 2_000);
  const late = (id: string, chatId: string, sentAt: number) => ({
    ...keep(id, { chatId: chatId as ChatId, sentAt }),
    settled: 'too-old' as const,
  });
  const before = late('1', 'chat-1', FROM - MINUTE);
  const within = [
    late('2', 'chat-2', FROM + MINUTE),
    late('3', 'chat-2', FROM + 2 * MINUTE),
    late('4', 'chat-3', UNTIL - MINUTE),
  ];
  await store.messages.receive(AGENT, [before, ...within], UNTIL + MINUTE);

  const linkStatuses = statuses(0, FROM, UNTIL);
  expect(await outageOf(AGENT, { linkStatuses, store }, UNTIL + MINUTE)).toEqual({
    from: FROM,
    until: UNTIL,
    tooLate: 2,
  });
  expect(await outageOf(AGENT, { linkStatuses, store }, UNTIL + 61 * MINUTE)).toBeNull();
  const short = statuses(0, FROM, FROM + MINUTE - 1);
  expect(await outageOf(AGENT, { linkStatuses: short, store }, UNTIL)).toBeNull();
  linkStatuses.remove(AGENT);
  expect(linkStatuses.outage(AGENT)).toBeNull();
});

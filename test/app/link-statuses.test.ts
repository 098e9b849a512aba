import { expect, test } from 'vitest';
import { LinkStatuses } from '../../relay/app/link-statuses.ts';
import type { AgentId } from '../../shared/contract/chat.ts';
import type { LinkReport } from '../../shared/contract/status.ts';
import { CONNECTED, OFFLINE, showing } from '../support/fake-relay-api.ts';

const AGENT = 'agt_1' as AgentId;
const OTHER = 'agt_2' as AgentId;

test('a subscriber hears what is at once, then what changes, and equal reports are dropped', () => {
  const linkStatuses = new LinkStatuses(() => undefined);
  const heard: LinkReport[] = [];
  linkStatuses.put(AGENT, OFFLINE);
  const end = linkStatuses.subscribe(AGENT, (report) => heard.push(report));
  linkStatuses.put(AGENT, { ...OFFLINE });
  linkStatuses.put(AGENT, showing(1, 'one'));
  linkStatuses.put(AGENT, showing(1, 'one'));
  linkStatuses.put(OTHER, CONNECTED);
  expect(heard.map(({ status }) => status)).toEqual(['offline', 'connecting']);

  end();
  end();
  linkStatuses.put(AGENT, CONNECTED);
  expect(heard).toHaveLength(2);
  expect(linkStatuses.get(AGENT)).toEqual(CONNECTED);
});

test('a subscriber may leave, or another one come, while a report is told', () => {
  const linkStatuses = new LinkStatuses(() => undefined);
  const heard: string[] = [];
  const end = linkStatuses.subscribe(AGENT, () => {
    heard.push('first');
    end();
    linkStatuses.subscribe(AGENT, () => heard.push('late'));
  });
  linkStatuses.subscribe(AGENT, () => heard.push('second'));
  linkStatuses.put(AGENT, OFFLINE);
  expect(heard).toContain('second');
  expect(heard.filter((who) => who === 'first')).toHaveLength(1);
});

test('each report that is another one is a change, and so is an agent that goes', () => {
  let changes = 0;
  const linkStatuses = new LinkStatuses(() => {
    changes += 1;
  });
  linkStatuses.put(AGENT, OFFLINE);
  linkStatuses.put(AGENT, { ...OFFLINE });
  expect(changes).toBe(1);
  linkStatuses.put(AGENT, CONNECTED);
  linkStatuses.remove(AGENT);
  expect(changes).toBe(3);
});

test('two windows may look at one attempt: who leaves hears how many still do', () => {
  const linkStatuses = new LinkStatuses(() => undefined);
  const heard: LinkReport[] = [];
  const [endOne, endOther] = [1, 2].map(() => linkStatuses.follow(AGENT, (report) => void heard.push(report)));
  linkStatuses.subscribe(AGENT, () => undefined);
  linkStatuses.put(AGENT, CONNECTED);
  expect(heard).toHaveLength(2);
  expect(endOne?.()).toBe(1);
  expect(endOne?.()).toBe(1);
  expect(endOther?.()).toBe(0);
});

test('an agent that is gone leaves nothing behind', () => {
  const linkStatuses = new LinkStatuses(() => undefined);
  linkStatuses.put(AGENT, CONNECTED);
  linkStatuses.remove(AGENT);
  expect(linkStatuses.get(AGENT)).toBeNull();
});

test('a connection that fell is counted once each time, and not for ever', () => {
  const linkStatuses = new LinkStatuses(() => undefined);
  const lost = (since: number): LinkReport => ({ ...CONNECTED, status: 'reconnecting', phase: 'waiting', since });
  for (const since of [10, 20, 30]) {
    linkStatuses.put(AGENT, CONNECTED);
    linkStatuses.put(AGENT, lost(since));
    linkStatuses.put(AGENT, { ...lost(since), retryAt: since + 5 });
  }
  expect(linkStatuses.falls(AGENT, 0)).toBe(3);
  expect(linkStatuses.falls(AGENT, 20)).toBe(2);
  expect(linkStatuses.falls(OTHER, 0)).toBe(0);
});

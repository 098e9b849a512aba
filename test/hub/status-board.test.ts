import { expect, test } from 'vitest';
import { StatusBoard } from '../../relay/hub/status-board.ts';
import type { AgentId } from '../../shared/chat.ts';
import type { LinkReport } from '../../shared/status.ts';
import { CONNECTED, OFFLINE, showing } from '../support/fake-relay.ts';

const AGENT = 'agt_1' as AgentId;
const OTHER = 'agt_2' as AgentId;

test('a subscriber hears what is at once, then what changes, and equal reports are dropped', () => {
  const board = new StatusBoard();
  const heard: LinkReport[] = [];
  board.put(AGENT, OFFLINE);
  const end = board.subscribe(AGENT, (report) => heard.push(report));
  board.put(AGENT, { ...OFFLINE });
  board.put(AGENT, showing(1, 'one'));
  board.put(AGENT, showing(1, 'one'));
  board.put(OTHER, CONNECTED);
  expect(heard.map(({ status }) => status)).toEqual(['offline', 'connecting']);

  end();
  end();
  board.put(AGENT, CONNECTED);
  expect(heard).toHaveLength(2);
  expect(board.get(AGENT)).toEqual(CONNECTED);
});

test('a subscriber may leave, or another one come, while a report is told', () => {
  const board = new StatusBoard();
  const heard: string[] = [];
  const end = board.subscribe(AGENT, () => {
    heard.push('first');
    end();
    board.subscribe(AGENT, () => heard.push('late'));
  });
  board.subscribe(AGENT, () => heard.push('second'));
  board.put(AGENT, OFFLINE);
  expect(heard).toContain('second');
  expect(heard.filter((who) => who === 'first')).toHaveLength(1);
});

test('an agent that is gone leaves nothing behind', () => {
  const board = new StatusBoard();
  board.put(AGENT, CONNECTED);
  board.remove(AGENT);
  expect(board.get(AGENT)).toBeNull();
});

test('a line that fell is counted once each time, and not for ever', () => {
  const board = new StatusBoard();
  const lost = (since: number): LinkReport => ({ ...CONNECTED, status: 'reconnecting', phase: 'waiting', since });
  for (const since of [10, 20, 30]) {
    board.put(AGENT, CONNECTED);
    board.put(AGENT, lost(since));
    board.put(AGENT, { ...lost(since), retryAt: since + 5 });
  }
  expect(board.falls(AGENT, 0)).toBe(3);
  expect(board.falls(AGENT, 20)).toBe(2);
  expect(board.falls(OTHER, 0)).toBe(0);
});

/** An agent's switch in SQLite: its position, who moved it, and the intervals in which it was off. */

import type { AgentId } from '../../shared/contract/chat.ts';
import type { SwitchedBy } from '../../shared/contract/switched-by.ts';
import type { Database } from './database.ts';
import { settleOpen } from './outcome-records.ts';

/** To be called within a transaction, as are all of these. Says whether it was off. */
export function switchOn(database: Database, agentId: AgentId, by: SwitchedBy, now: number): boolean {
  database.run('UPDATE agents SET back_on_at = NULL, acted_at = ? WHERE id = ?', now, agentId);
  const moved = database.run(
    'UPDATE agents SET is_on = 1, switched_at = ?, switched_by = ? WHERE id = ? AND is_on = 0',
    now,
    by,
    agentId,
  );
  if (moved > 0) database.run('UPDATE off_intervals SET ended = ? WHERE agent = ? AND ended IS NULL', now, agentId);
  return moved > 0;
}

/**
 * Every message that waits for an answer is settled as `switched-off`. Off already: who moved it last stays, but for an unlinking, after
 * which only a person's word counts, and for that word.
 */
export function switchOff(
  database: Database,
  agentId: AgentId,
  by: SwitchedBy,
  now: number,
  backOnAt: number | null = null,
): void {
  database.run('UPDATE agents SET back_on_at = ?, acted_at = ? WHERE id = ?', backOnAt, now, agentId);
  if (by === 'unlinked' || backOnAt !== null)
    database.run('UPDATE agents SET switched_by = ? WHERE id = ? AND is_on = 0', by, agentId);
  const moved = database.run(
    'UPDATE agents SET is_on = 0, switched_at = ?, switched_by = ? WHERE id = ? AND is_on = 1',
    now,
    by,
    agentId,
  );
  if (moved === 0) return;
  // Twice within one millisecond: the interval that was just closed opens again.
  database.run(
    'INSERT INTO off_intervals (agent, began) VALUES (?, ?) ON CONFLICT DO UPDATE SET ended = NULL',
    agentId,
    now,
  );
  settleOpen(database, { agentId, outcome: 'switched-off', now });
}

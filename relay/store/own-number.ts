/**
 * Which of the owner's numbers an agent's chats belong to. With another number it begins as with its first: off, asking who is answered,
 * and nothing of the former number's chats is there; that waits apart, and is there again with its number.
 */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Account } from '../../shared/contract/status.ts';
import { switchOff } from './agent-switch.ts';
import type { Database } from './database.ts';
import { text, textOrNull } from './row-reader.ts';

/** Every table that says something of a chat, or counts over chats. */
export const TABLES_PER_NUMBER = [
  'chats',
  'merged_chats',
  'aliases',
  'messages',
  'answered',
  'outcomes',
  'outbox',
  'notes',
  'days',
  'costs',
] as const;

/** To be called within a transaction. The switch of an agent whose number was there before is off afterwards, whoever moved it last. */
export function takeNumber(database: Database, agentId: AgentId, account: Account, now: number): void {
  const agent = database.get('SELECT own_number, own_lid, switched_by FROM agents WHERE id = ?', agentId);
  if (!agent) return;
  const own = textOrNull(agent, 'own_number');
  const isFirst = own === null;
  const isSame = isFirst || own === account.number || sameLid(textOrNull(agent, 'own_lid'), account.lid);
  if (!isSame) exchange(database, agentId, account, now);
  // What a person chose before there was any number stands.
  if (!isFirst || text(agent, 'switched_by') !== 'person') switchOff(database, agentId, 'unlinked', now);
  database.run(
    'UPDATE agents SET own_number = ?, own_lid = coalesce(?, own_lid) WHERE id = ?',
    account.number,
    account.lid,
    agentId,
  );
}

function sameLid(one: string | null, other: string | null): boolean {
  return one !== null && one === other;
}

function exchange(database: Database, agentId: AgentId, account: Account, now: number): void {
  const apart = `${agentId}/${now}`;
  const back = database.get(
    'SELECT id, scope, own_key FROM agents WHERE former_of = ? AND (own_number = ? OR own_lid = ?)',
    agentId,
    account.number,
    account.lid,
  );
  database.run(
    `INSERT INTO agents (id, name, adapter, settings, switched_at, scope, created_at, own_number, own_lid, own_key, former_of)
     SELECT ?1, ?1, adapter, '{}', switched_at, scope, ?2, own_number, own_lid, own_key, id FROM agents WHERE id = ?3`,
    apart,
    now,
    agentId,
  );
  for (const table of TABLES_PER_NUMBER) database.run(`UPDATE ${table} SET agent = ? WHERE agent = ?`, apart, agentId);
  database.run(
    'UPDATE agents SET scope = ?, own_key = ?, own_lid = NULL, restricted_until = NULL, restricted_retry_at = NULL, go_on_day = NULL WHERE id = ?',
    back ? textOrNull(back, 'scope') : null,
    back ? text(back, 'own_key') : String(now),
    agentId,
  );
  if (back) {
    for (const table of TABLES_PER_NUMBER)
      database.run(`UPDATE ${table} SET agent = ? WHERE agent = ?`, agentId, text(back, 'id'));
    database.run('DELETE FROM agents WHERE id = ?', text(back, 'id'));
  }
  // Messages ignored before were another number's.
  database.run('UPDATE off_intervals SET ignored = 0 WHERE agent = ?', agentId);
}

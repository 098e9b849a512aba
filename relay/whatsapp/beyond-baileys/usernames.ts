/**
 * Hears what people call themselves. Since 2026 WhatsApp announces that somebody has chosen a username, or given theirs up, as `mex`
 * notifications (zapo `mex-notification.ts`); Baileys 7.0.0-rc14 drops them.
 * Remove when Baileys tells of usernames.
 */
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import * as v from 'valibot';
import { readUsername } from '../username.ts';

const ChosenSchema = v.object({
  data: v.object({ xwa2_notify_username_on_change: v.object({ username: v.string(), lid: v.string() }) }),
});
const GivenUpSchema = v.object({ data: v.object({ xwa2_notify_username_delete: v.object({ lid: v.string() }) }) });

/** `changed` gets the JID of somebody's LID and their username; null where they have none any more. */
export function watchUsernames(
  { ws }: Pick<WASocket, 'ws'>,
  changed: (jid: string, username: string | null) => void,
): void {
  ws.on('CB:notification,type:mex', (stanza: BinaryNode) => {
    for (const { attrs, content } of Array.isArray(stanza.content) ? stanza.content : []) {
      if (attrs.op_name !== 'UsernameSetNotification' && attrs.op_name !== 'UsernameDeleteNotification') continue;
      const told = parsed(content);
      const chosen = v.safeParse(ChosenSchema, told);
      if (chosen.success) {
        const { lid, username } = chosen.output.data.xwa2_notify_username_on_change;
        const name = readUsername(username);
        if (name !== null) changed(lid, name);
      }
      const givenUp = v.safeParse(GivenUpSchema, told);
      if (givenUp.success) changed(givenUp.output.data.xwa2_notify_username_delete.lid, null);
    }
  });
}

function parsed(content: BinaryNode['content']): unknown {
  if (!(content instanceof Uint8Array)) return null;
  try {
    return JSON.parse(Buffer.from(content).toString());
  } catch {
    // This notification is of no known kind.
    return null;
  }
}

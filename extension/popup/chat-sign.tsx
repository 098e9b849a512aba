/** Draws a chat's sign in a list, and does what its button says. */
import { browser } from 'wxt/browser';
import { answerChat, openChat, releaseChat, ruleChat, takeChat } from '../../shared/contract/commands/chat-commands.ts';
import { Beat, Icon } from '../components/icons.tsx';
import { Ring } from '../components/ring.tsx';
import type { ChatAct, ChatRow } from './latest-chat.ts';
import type { PopupModel } from './popup-model.ts';

const MINUTE_MS = 60_000;
/** A whole ring. */
const RING_MS = 900_000;

/** `left`: how long the chat is still the owner's, in ms. */
export function ChatSign({ row, left }: { readonly row: ChatRow; readonly left: number }) {
  if (row.sign === 'busy') return <Beat />;
  if (row.sign === 'held') return <Ring minutes={Math.ceil(left / MINUTE_MS)} share={left / RING_MS} />;
  return <Icon of={row.sign} />;
}

/** Resolves when it was done, or came to nothing: what was refused is told by the session. */
export async function performAct(
  act: ChatAct,
  session: PopupModel['session'],
  which: { readonly agent: string; readonly chat: string },
): Promise<void> {
  switch (act) {
    case 'take':
      await session.act(takeChat, which);
      return;
    case 'release':
    case 'resume':
      await session.act(releaseChat, which);
      return;
    case 'answer':
      await session.act(answerChat, which);
      return;
    case 'always':
      await session.act(ruleChat, { ...which, rule: 'answer' });
      return;
    case 'open': {
      const reply = await session.ask(openChat, which);
      if (!reply.ok) session.fault.value = { agent: which.agent, fault: reply.fault };
      else if (reply.result.address !== null) void browser.tabs.create({ url: reply.result.address });
      return;
    }
  }
}

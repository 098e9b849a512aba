/** Carries out the commands about an agent's chats. */
import type { ChatId } from '../../shared/contract/chat.ts';
import * as chats from '../../shared/contract/commands/chat-commands.ts';
import { handlersOf } from './command.ts';
import { CommandError } from './command-error.ts';
import type { AgentApi } from './relay-api.ts';

/** WhatsApp's own page that opens a chat with a number: digits only, and no text. */
const CHAT_PAGE = 'https://wa.me/';

export const ABOUT_CHATS = handlersOf(chats, {
  'skips.list': async ({ limit, also }, context) => {
    const agent = await context.agent();
    const found = await Promise.all(also.map((chat) => agent.chats.find(chat)));
    return agent.chats.skips(
      limit,
      found.filter((chat) => chat !== null),
    );
  },
  'chats.list': async ({ limit, before }, context) => {
    const agent = await context.agent();
    return {
      chats: await agent.chats.list(before === undefined ? { limit } : { limit, before }),
    };
  },
  'chats.rule': async (params, context) => {
    const agent = await context.agent();
    const chat = await chatOf(agent, params.chat);
    await agent.chats.setRule(chat, params.rule);
    return { chat, rule: params.rule };
  },
  'chats.release': async (params, context) => {
    const agent = await context.agent();
    const chat = await chatOf(agent, params.chat);
    return { chat, released: await agent.chats.release(chat) };
  },
  'chats.take': async (params, context) => {
    const agent = await context.agent();
    const chat = await chatOf(agent, params.chat);
    return { chat, until: await agent.chats.take(chat) };
  },
  'chats.open': async (params, context) => {
    const agent = await context.agent();
    const chat = await chatOf(agent, params.chat);
    const number = await agent.chats.numberOf(chat);
    return { chat, address: number === null ? null : `${CHAT_PAGE}${number}` };
  },
  'chats.unanswered': async ({ limit }, context) => {
    const agent = await context.agent();
    return { chats: await agent.chats.unanswered(limit) };
  },
  'chats.answer': async (params, context) => {
    const agent = await context.agent();
    const chat = await chatOf(agent, params.chat);
    return { chat, messages: await agent.chats.answer(chat) };
  },
  'outcomes.list': async ({ chat, limit }, context) => {
    const agent = await context.agent();
    const page = chat === undefined ? { limit } : { limit, chatId: await chatOf(agent, chat) };
    return { outcomes: await agent.chats.outcomes(page) };
  },
  'chats.forget': async (params, context) => {
    const agent = await context.agent();
    await agent.chats.forget(await chatOf(agent, params.chat));
    return {};
  },
});

/** A chat by its id or by its number; its person may not have written yet. */
async function chatOf({ chats: known }: AgentApi, wanted: string): Promise<ChatId> {
  const found = await known.find(wanted);
  if (found) return found;
  throw new CommandError(
    'no-such-chat',
    'This is no chat, no phone number, and no username that is known.',
    'See the chats with: recado chats. A number starts with its country code; a @username is known once it stands in that list.',
  );
}

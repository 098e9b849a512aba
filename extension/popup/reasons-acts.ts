/** Acts on a chat from the screen of the reasons: says in its place what was done, and undoes it for a while. */
import type { Signal } from '@preact/signals';
import { releaseChat, ruleChat, takeChat } from '../../shared/contract/commands/chat-commands.ts';
import type { ChatWords } from '../../shared/locales/words.ts';
import { performAct } from './chat-sign.tsx';
import type { ChatAct } from './latest-chat.ts';
import type { PopupModel } from './popup-model.ts';
import type { SkippedChat } from './reasons.ts';

/** An act on a chat: the words that stand for it, and until when it can be undone, epoch ms. */
export type Done = {
  readonly chat: SkippedChat;
  readonly text: string | null;
  readonly undo: (() => Promise<unknown>) | null;
  readonly until: number;
};
export type Acted = Signal<ReadonlyMap<string, Done>>;

const UNDO_MS = 10_000;

type Here = {
  readonly model: PopupModel;
  readonly which: { readonly agent: string; readonly chat: string };
  readonly chat: SkippedChat;
  readonly said: ChatWords;
  readonly acted: Acted;
};

export async function performHere(act: ChatAct | 'never', { model, which, chat, said, acted }: Here): Promise<void> {
  const { session } = model;
  const { done } = said.reasons;
  const ruled = (rule: 'answer' | 'never', text: string): [Promise<boolean>, Omit<Done, 'until' | 'chat'>] => {
    const before = chat.standing?.rule ?? null;
    return [
      session.act(ruleChat, { ...which, rule }),
      { text, undo: () => session.act(ruleChat, { ...which, rule: before }) },
    ];
  };
  if (act === 'always' || act === 'never') {
    const [asked, told] = ruled(act === 'always' ? 'answer' : 'never', act === 'always' ? done.always : done.never);
    if (await asked) remember(acted, chat, { ...told, until: Date.now() + UNDO_MS });
  } else if (act === 'release' || act === 'resume') {
    const undo = act === 'release' ? () => session.act(takeChat, which) : null;
    if (await session.act(releaseChat, which))
      remember(acted, chat, { text: done.release, undo, until: Date.now() + UNDO_MS });
  } else {
    await performAct(act, session, which);
    if (act !== 'open') remember(acted, chat, { text: null, undo: null, until: 0 });
  }
}

export function remember(acted: Acted, chat: SkippedChat, done: Omit<Done, 'chat'>): void {
  acted.value = new Map([...acted.value, [chat.chat, { ...done, chat }]]);
}

/** Keeps the toolbar true while no popup is open: a connection of its own, revived by an alarm when the browser ended it. */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import type { Snapshot } from '../../shared/contract/wire.ts';
import type { Language } from '../../shared/locales/languages.ts';
import { loadStatusWords, loadToolbarWords } from '../../shared/locales/load.ts';
import type { ReportWords, ToolbarWords } from '../../shared/locales/words.ts';
import { dropSparePermission } from '../passkey/passkey-permission.ts';
import { browserConnection } from '../relay-connection/browser-connection.ts';
import { askOver } from '../relay-connection/command-asking.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';
import { onPageMessage } from '../relay-connection/page-message.ts';
import { BrowserStore, languageOf } from '../storage/browser-store.ts';
import { menuActOf, menuEntries } from '../toolbar/context-menu.ts';
import { noticesOf } from '../toolbar/notices.ts';
import { Toolbar } from '../toolbar/toolbar.ts';
import { ToolbarActions } from '../toolbar/toolbar-actions.ts';
import { toolbarPicture } from '../toolbar/toolbar-picture.ts';

/** Browsers end a background after 30 s; Firefox even one that hears something. */
const REVIVE_MINUTES = import.meta.env.FIREFOX ? 0.4 : 0.5;

/** As long as the popup's switch waits. */
const READY_MS = 3_000;

type ToolbarSpeech = { readonly words: ToolbarWords; readonly shared: ReportWords };

async function speechIn(language: Language): Promise<ToolbarSpeech> {
  const [words, shared] = await Promise.all([loadToolbarWords(language), loadStatusWords(language)]);
  return { words, shared };
}

export default defineBackground(() => {
  const store = new BrowserStore();
  const toolbar = new Toolbar();
  const waiters: ((snapshot: Snapshot) => void)[] = [];
  let speech = speechIn(languageOf(null));
  /** One after the other: what was shown last is not overtaken, and what was told last is read before it is written. */
  let showing: Promise<void> = Promise.resolve();

  const draw = async (state: ConnectionState): Promise<void> => {
    const { words, shared } = await speech;
    const picture = toolbarPicture(state, words, shared, Date.now());
    if (picture) toolbar.show(picture);
    toolbar.offer(menuEntries(state.type === 'ready' ? state.snapshot : null, words));
    if (state.type !== 'ready') return;
    const before = await store.noticed();
    for (const each of noticesOf(before, state.snapshot, words, shared)) toolbar.notify(each);
    await store.keepNoticed(state.snapshot);
  };
  const show = (state: ConnectionState): void => {
    showing = showing
      .then(() => draw(state))
      .catch(() => {
        // The browser's storage is not to be had: nothing is known to compare with, so nothing is news.
      });
    if (state.type !== 'ready') return;
    for (const waiter of waiters.splice(0)) waiter(state.snapshot);
  };
  const connection = browserConnection(show);
  const ask = askOver(connection);
  /** A background that was ended meanwhile needs a moment: the click that woke it is not lost. Null without an answer. */
  const whenReady = (): Promise<Snapshot | null> => {
    if (connection.state.type === 'ready') return Promise.resolve(connection.state.snapshot);
    return new Promise((resolve) => {
      waiters.push(resolve);
      setTimeout(() => resolve(null), READY_MS);
    });
  };
  const acts = new ToolbarActions({
    ask: async (command, params, options) => {
      await whenReady();
      return ask(command, params, options);
    },
    now: () => Date.now(),
    openPopup: async (unlinking) => {
      await store.keepWish(unlinking);
      await toolbar.openPopup();
    },
    notDelivered: async () => {
      const { words } = await speech;
      toolbar.notify({ id: 'not-delivered', title: 'Recado', text: words.notDelivered });
    },
  });
  const start = async (): Promise<void> => {
    speech = speechIn(languageOf((await store.preferences()).language));
    connection.start(await store.pairing());
  };
  const revive = async (): Promise<void> => {
    if (connection.state.type === 'idle' || connection.state.type === 'refused') await start();
    else connection.retry();
  };

  browser.runtime.onInstalled.addListener(({ reason }: { readonly reason: string }) => {
    if (reason === 'install') void browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
  });
  browser.alarms.create('revive', { periodInMinutes: REVIVE_MINUTES });
  browser.alarms.onAlarm.addListener(() => {
    void revive();
    void dropSparePermission();
  });
  onPageMessage('changed', () => void start());
  browser.contextMenus?.onClicked.addListener(({ menuItemId }: { menuItemId: number | string }) => {
    const chosen = menuActOf(String(menuItemId));
    if (chosen) void acts.choose(chosen.type, chosen.agent);
  });
  browser.commands?.onCommand.addListener((command: string) => {
    if (command === 'switch') void whenReady().then((snapshot) => acts.pressKey(snapshot));
  });
  browser.notifications.onClicked.addListener(() => void toolbar.openPopup());
  void start();
});

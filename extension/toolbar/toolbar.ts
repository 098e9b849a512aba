/** The toolbar button as the browser shows it: pictures, menu, notices. Only effects; what is shown is decided elsewhere. */
import { browser } from 'wxt/browser';
import type { ContextMenuEntry } from './context-menu.ts';
import type { Notice } from './notices.ts';
import type { ToolbarPicture } from './toolbar-picture.ts';

const SIZES = [16, 32, 48] as const;
const BADGE_COLOR = '#b0261e';

/** Manifest version 2 has another name for it. */
const button = browser.action ?? browser.browserAction;
const MENU_CONTEXT = browser.action ? 'action' : 'browser_action';

export class Toolbar {
  #picture = '';
  #menu = '';
  /** Menus are rebuilt one after the other: two at once would have entries twice. */
  #building: Promise<void> = Promise.resolve();

  show(picture: ToolbarPicture): void {
    const next = JSON.stringify(picture);
    if (next === this.#picture) return;
    this.#picture = next;
    const { icon, badge, title } = picture;
    void button.setIcon({ path: Object.fromEntries(SIZES.map((size) => [size, `icons/${icon}-${size}.png`])) });
    void button.setTitle({ title });
    void button.setBadgeBackgroundColor({ color: BADGE_COLOR });
    void button.setBadgeText({ text: badge });
  }

  offer(entries: readonly ContextMenuEntry[]): void {
    const next = JSON.stringify(entries);
    // Firefox for Android has no such menu.
    if (next === this.#menu || !browser.contextMenus) return;
    this.#menu = next;
    this.#building = this.#building.then(async () => {
      await browser.contextMenus.removeAll();
      for (const { id, title, parent } of entries) {
        browser.contextMenus.create({
          id,
          title,
          contexts: [MENU_CONTEXT],
          ...(parent === null ? {} : { parentId: parent }),
        });
      }
    });
  }

  notify({ id, title, text }: Notice): void {
    void browser.notifications.create(id, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('/icons/connected-128.png'),
      title,
      message: text,
    });
  }

  /** By a click in the menu or a key: without one browsers refuse, and then the same page opens as a tab. */
  async openPopup(): Promise<void> {
    try {
      await button.openPopup();
    } catch {
      // A browser without that, or without a window to show it in.
      await browser.tabs.create({ url: browser.runtime.getURL('/popup.html') });
    }
  }
}

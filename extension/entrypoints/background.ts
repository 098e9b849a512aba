/** Keeps the toolbar's icon true while no popup is open: a line of its own, revived by an alarm when the browser ended it. */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { browserLink } from '../relay-link/browser-link.ts';
import { onChanged } from '../relay-link/changed-message.ts';
import { toolbarIcon } from '../screens/toolbar-state.ts';
import { BrowserStore } from '../storage/browser-store.ts';

const REVIVE_MINUTES = 0.5;
const SIZES = [16, 32, 48] as const;

export default defineBackground(() => {
  const store = new BrowserStore();
  let shown = '';
  const link = browserLink((state) => {
    const icon = toolbarIcon(state);
    if (icon === shown) return;
    shown = icon;
    const path = Object.fromEntries(SIZES.map((size) => [size, `icons/${icon}-${size}.png`]));
    void (browser.action ?? browser.browserAction).setIcon({ path });
  });
  const connect = async (): Promise<void> => {
    if (link.state.type === 'idle' || link.state.type === 'refused') link.start(await store.pairing());
    else link.retry();
  };
  onChanged(() => void store.pairing().then((pairing) => link.start(pairing)));
  browser.alarms.create('revive', { periodInMinutes: REVIVE_MINUTES });
  browser.alarms.onAlarm.addListener(() => void connect());
  void connect();
});

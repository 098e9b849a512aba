/** The browser tells whether Recado's button stands in the toolbar. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';

/** True where the browser does not say. Told by the browser where it tells such things, and looked at when the page comes back into sight. */
export function usePinned(): boolean {
  const [isPinned, setPinned] = useState(true);
  useEffect(() => {
    const { action } = browser;
    const look = (): void => {
      // Firefox has it under another name, and pins a new extension by itself.
      void action
        ?.getUserSettings?.()
        .then(({ isOnToolbar }: { readonly isOnToolbar?: boolean }) => setPinned(isOnToolbar !== false));
    };
    look();
    const changes = action?.onUserSettingsChanged;
    changes?.addListener(look);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      changes?.removeListener(look);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, []);
  return isPinned;
}

/** What of the browser's own interface the popup and the options use, for a page that is no extension. Stands in for `wxt/browser`. */
type Listener = (message: unknown) => void;

/** Between tabs; a page does not hear itself, as in an extension. */
const channel = new BroadcastChannel('recado');

const open = async ({ url }: { readonly url: string }): Promise<void> => {
  window.open(url);
};

export const browser = {
  runtime: {
    sendMessage: async (message: unknown): Promise<void> => channel.postMessage(message),
    onMessage: {
      addListener: (listener: Listener): void =>
        channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data)),
    },
    getURL: (path: string): string => new URL(path, document.baseURI).href,
    openOptionsPage: (): Promise<void> => open({ url: '/options.html' }),
  },
  tabs: { create: open },
  // Only for linking with a passkey, which the demo's account does not ask for.
  permissions: { contains: async (): Promise<boolean> => false, request: async (): Promise<boolean> => false },
};

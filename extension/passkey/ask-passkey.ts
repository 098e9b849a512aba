/**
 * Runs in WhatsApp's own page, for only there a passkey of WhatsApp's can be used: draws one button, asks the browser at its click, and
 * resolves to what came of it. It is given to the page as its text, so it uses nothing from outside of itself.
 * The page's own scripts see no more than that a passkey was used there; what is drawn lies in a closed shadow.
 */
export type PasskeyTabWords = {
  readonly title: string;
  readonly text: string;
  readonly act: string;
  readonly language: string;
};

export type PasskeyAnswer =
  | { readonly type: 'signed'; readonly credential: unknown }
  /** The browser's word for it. */
  | { readonly type: 'not-signed'; readonly error: string };

export function askPasskey(options: object, words: PasskeyTabWords): Promise<PasskeyAnswer> {
  return new Promise((resolve) => {
    const host = document.createElement('div');
    const shadow = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ':host{all:initial;position:fixed;inset:0;z-index:2147483647;display:grid;place-items:center;background:#faf8f2;color:#1d1b16;font:16px/24px system-ui,sans-serif}' +
        'main{display:grid;gap:16px;max-width:420px;padding:24px}h1{margin:0;font-size:24px;line-height:30px}p{margin:0}' +
        'button{min-height:48px;padding:0 20px;border:0;border-radius:10px;background:#1d1b16;color:#faf8f2;font:inherit;font-weight:600;cursor:pointer}' +
        'button:focus-visible{outline:3px solid #1d1b16;outline-offset:3px}button:disabled{opacity:.6}' +
        '@media(prefers-color-scheme:dark){:host{background:#171510;color:#f3efe4}button{background:#f3efe4;color:#171510}button:focus-visible{outline-color:#f3efe4}}',
    );
    shadow.adoptedStyleSheets = [sheet];
    const main = document.createElement('main');
    const title = document.createElement('h1');
    const text = document.createElement('p');
    const button = document.createElement('button');
    host.lang = words.language;
    title.textContent = words.title;
    text.textContent = words.text;
    button.textContent = words.act;
    main.append(title, text, button);
    shadow.append(main);
    document.documentElement.append(host);
    button.focus();
    button.addEventListener('click', () => {
      button.disabled = true;
      Promise.resolve()
        .then(() =>
          navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
              options as PublicKeyCredentialRequestOptionsJSON,
            ),
          }),
        )
        .then((credential) => {
          if (!(credential instanceof PublicKeyCredential)) throw new TypeError('no passkey');
          resolve({ type: 'signed', credential: credential.toJSON() });
        })
        // Refused, not found, failed, out of time: browsers call them all the same, on purpose.
        .catch((error: unknown) =>
          resolve({ type: 'not-signed', error: error instanceof Error ? error.name : 'unknown' }),
        );
    });
  });
}

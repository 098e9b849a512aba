/** Checks Host and Origin before the WebSocket upgrade. Pure. Both are compared as a whole and never parsed. */

/** Against DNS rebinding: true for exactly one Host that is exactly ours. */
export function isOurHost(hosts: readonly string[], port: number): boolean {
  const [host, ...others] = hosts;
  if (host === undefined || others.length > 0) return false;
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host);
}

/** What Chromium and Firefox send for an extension's pages: an id of 32 letters a–p, or one UUID a profile. */
const EXTENSION = /^(chrome-extension:\/\/[a-p]{32}|moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The one Origin, where it has an extension's shape; null for a web page's, a missing, a doubled or an odd one. */
export function extensionOrigin(origins: readonly string[]): string | null {
  const [origin, ...others] = origins;
  return origin !== undefined && others.length === 0 && EXTENSION.test(origin) ? origin : null;
}

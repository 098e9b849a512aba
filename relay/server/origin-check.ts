/** Checks Host and Origin before the WebSocket upgrade. Pure. Both are compared as a whole and never parsed. */
import { isExtensionOrigin } from '../../shared/contract/extension-origin.ts';

/** Against DNS rebinding: true for exactly one Host that is exactly ours. */
export function isOurHost(hosts: readonly string[], port: number): boolean {
  const [host, ...others] = hosts;
  if (host === undefined || others.length > 0) return false;
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host);
}

/** The one Origin, where it has an extension's shape; null for a web page's, a missing, a doubled or an odd one. */
export function extensionOrigin(origins: readonly string[]): string | null {
  const [origin, ...others] = origins;
  return origin !== undefined && others.length === 0 && isExtensionOrigin(origin) ? origin : null;
}

/**
 * The way out of this computer: a proxy where there is one, and whose certificates are trusted.
 * The proxy is Node's own support for one: a tunnel (CONNECT) for https:// and wss://. Nothing on this computer goes through it.
 */
import { type AgentOptions, setGlobalProxyFromEnv } from 'node:http';
import { Agent } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Settings } from './settings/catalogue.ts';

export type ProxySettings = Pick<Settings, 'proxy' | 'noProxy'>;

const ALWAYS_DIRECT = ['localhost', '.localhost', '.local', '127.0.0.1', '::1'];

/** Opens one connection a request, through the proxy; null where there is none. */
export function proxyAgent(settings: ProxySettings): Agent | null {
  const proxyEnv = environmentOf(settings);
  return proxyEnv && new Agent({ keepAlive: false, proxyEnv });
}

/**
 * For the whole process: what Baileys fetches by itself, such as what WhatsApp keeps of the past, and what every TLS connection trusts.
 * What it returns takes both back.
 */
export function prepareNetwork(settings: ProxySettings & Pick<Settings, 'systemCertificates'>): () => Promise<void> {
  const proxyEnv = environmentOf(settings);
  const withoutProxy = proxyEnv ? setGlobalProxyFromEnv(proxyEnv) : null;
  const usual = settings.systemCertificates === 'yes' ? getCACertificates('default') : null;
  if (usual) setDefaultCACertificates([...usual, ...getCACertificates('system')]);
  return async () => {
    withoutProxy?.();
    if (usual) setDefaultCACertificates(usual);
  };
}

function environmentOf({ proxy, noProxy }: ProxySettings): NonNullable<AgentOptions['proxyEnv']> | null {
  if (proxy === null) return null;
  return { HTTPS_PROXY: proxy, NO_PROXY: [...ALWAYS_DIRECT, ...(noProxy ? [noProxy] : [])].join(',') };
}

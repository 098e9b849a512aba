/**
 * Which addresses an agent may live at: https anywhere, http on this computer, http in the private network after a yes.
 * Judges texts and IP addresses; opens no connection and resolves no name.
 */
import { BlockList, isIP } from 'node:net';
import type { SettingProblem } from '../../shared/contract/setting-problem.ts';

export type Reach = 'loopback' | 'private' | 'public' | 'never';

type Subnet = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

const LOOPBACK_SUBNETS: readonly Subnet[] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
];

/** RFC 1918, shared address space (RFC 6598: carriers, Tailscale), unique local (RFC 4193). */
const PRIVATE_SUBNETS: readonly Subnet[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
];

/** Link-local is where clouds keep their machine credentials (169.254.169.254); the others name no machine at all. */
const NEVER_SUBNETS: readonly Subnet[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Unspecified, and IPv4 written as IPv6 the old way (RFC 4291, 2.5.5.1); loopback is told apart before.
  ['::', 96, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
  // Teredo (RFC 4380) and NAT64 of a local network's own (RFC 8215): what is behind one cannot be told.
  ['2001::', 32, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
];

/**
 * Other ways to write an IPv4 address that a gateway turns back into it: NAT64 (RFC 6052), 6to4 (RFC 3056), SIIT (RFC 7915).
 * No agent behind one of them is on this computer or in its network by intention.
 */
function disguisesOf([network, prefix]: Subnet): readonly Subnet[] {
  const [a = 0, b = 0, c = 0, d = 0] = network.split('.').map(Number);
  const groups = [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16)).join(':');
  return [
    [`64:ff9b::${groups}`, 96 + prefix, 'ipv6'],
    [`2002:${groups}::`, 16 + prefix, 'ipv6'],
    [`::ffff:0:${groups}`, 96 + prefix, 'ipv6'],
  ];
}

const NOT_PUBLIC: readonly Subnet[] = [...LOOPBACK_SUBNETS, ...PRIVATE_SUBNETS, ...NEVER_SUBNETS];
const LOOPBACK = listOf(LOOPBACK_SUBNETS);
const PRIVATE = listOf(PRIVATE_SUBNETS);
const NEVER = listOf([
  ...NEVER_SUBNETS,
  ...NOT_PUBLIC.filter(([, , family]) => family === 'ipv4').flatMap(disguisesOf),
]);

/** AWS keeps its machine credentials here too, in the middle of the private range. */
NEVER.addAddress('fd00:ec2::254', 'ipv6');

function listOf(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of subnets) list.addSubnet(network, prefix, family);
  return list;
}

/** How far away an IP address is. IPv4 written as IPv6 (`::ffff:10.0.0.1`) counts as the IPv4 address it is. */
export function reachOf(address: string): Reach {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (LOOPBACK.check(address, family)) return 'loopback';
  if (NEVER.check(address, family)) return 'never';
  return PRIVATE.check(address, family) ? 'private' : 'public';
}

/** Why this IP address must not be connected to, or null where it may be. */
export function refusalOf(address: string, protocol: string, allowPrivateHttp: boolean): SettingProblem | null {
  const reach = reachOf(address);
  if (reach === 'never') return 'address-of-nobody';
  if (protocol === 'https:' || reach === 'loopback') return null;
  if (reach === 'public') return 'address-public-http';
  return allowPrivateHttp ? null : 'address-private-http';
}

/**
 * Why this URL cannot be an agent's, or null where it can. A name is judged again by what it resolves to,
 * at the moment of connecting: only then is it known. A code never quotes the URL, which may hold a password.
 */
export function problemWithUrl(text: string, allowPrivateHttp: boolean): SettingProblem | null {
  const url = URL.parse(text);
  if (!url) return 'address-incomplete';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'address-scheme';
  if (url.username || url.password) return 'address-with-password';
  const host = hostOf(url);
  return isIP(host) ? refusalOf(host, url.protocol, allowPrivateHttp) : null;
}

/** The address as it is meant where its beginning was left out: `http://` for a number on this computer or in its network, else `https://`. */
export function withScheme(text: string): string {
  if (text === '' || text.includes('://')) return text;
  const host = /^(\[[\d:a-f.]+\]|[^/:?#@\s]+)(?=$|[/:?#])/i.exec(text)?.[1];
  // A word with a colon that is no port is a scheme of another kind, and is refused as such.
  if (host === undefined || /^[^/?#]*:(?!\d)/.test(text.slice(host.startsWith('[') ? host.length : 0))) return text;
  const bare = host.replace(/^\[|\]$/g, '');
  const near = bare === 'localhost' || (isIP(bare) !== 0 && reachOf(bare) !== 'public');
  return `${near ? 'http' : 'https'}://${text}`;
}

/** The host without the brackets that URLs put around IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

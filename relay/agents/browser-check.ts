/**
 * Pages that want to know whether a browser asks: what stands before a server answers in its place, with any status, 200 and 429 among them.
 * Headers: Cloudflare (developers.cloudflare.com, "Detect a Challenge Page response"), AWS WAF, Vercel. Else by what their pages load.
 */

const HEADERS: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['cf-mitigated', ['challenge']],
  ['x-vercel-mitigated', ['challenge', 'deny']],
  ['x-amzn-waf-action', ['challenge', 'captcha']],
];

/** Words of such pages. An answer may quote them; a whole page is none. */
const MARKS = [
  '/cdn-cgi/challenge-platform/',
  '_cf_chl_opt',
  'Sorry, you have been blocked',
  'Vercel Security Checkpoint',
  'awsWafCookieDomainList',
  'captcha-delivery.com/',
  '/_Incapsula_Resource',
  '/.well-known/sgcaptcha/',
  'DDoS-Guard',
] as const;

/** Further into a page nothing is looked for. */
const MOST_LOOKED_AT = 65_536;

export function isBrowserCheck(headers: ReadonlyMap<string, string>, body: string): boolean {
  if (HEADERS.some(([name, values]) => values.includes(headers.get(name)?.trim().toLowerCase() ?? ''))) return true;
  if (!/^\s{0,20}<(?:!doctype|html|head)\b/i.test(body)) return false;
  const page = body.slice(0, MOST_LOOKED_AT);
  return MARKS.some((mark) => page.includes(mark));
}

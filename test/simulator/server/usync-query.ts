/** The directory query: which devices, which LID, whether on WhatsApp. */
import { jidDecode } from '@whiskeysockets/baileys';
import { bytesOf, child, children, node, type Stanza, seconds } from '../wire/stanza.ts';
import type { Device, User } from './device.ts';
import type { Directory } from './directory.ts';

export function usync(directory: Directory, asker: Device, query: Stanza): Stanza {
  const request = child(query, 'usync');
  const protocols = children(child(request, 'query')).map(({ tag }) => tag);
  const users = children(child(request, 'list')).map((stanza) => {
    const phone = bytesOf(stanza, 'contact')?.toString().replace(/^\+/, '');
    const jid = stanza.attrs.jid ?? (phone ? `${phone}@s.whatsapp.net` : '');
    const user = directory.user(jid);
    const known = user
      ? protocols.flatMap((protocol) => answer(protocol, user, jid))
      : [node('contact', { type: 'out' })];
    return node('user', { jid: bare(jid) }, known);
  });
  return node(
    'usync',
    { sid: request?.attrs.sid, index: '0', last: 'true', mode: 'query', context: asker.address('pn') },
    [
      node(
        'result',
        {},
        protocols.map((protocol) => node(protocol)),
      ),
      node('list', {}, users),
    ],
  );
}

function answer(protocol: string, user: User, jid: string): readonly Stanza[] {
  switch (protocol) {
    case 'devices':
      return [
        node('devices', {}, [
          node(
            'device-list',
            {},
            [...user.devices.values()].map(({ id }) =>
              node('device', id === 0 ? { id: '0' } : { id: String(id), 'key-index': String(id) }),
            ),
          ),
          node('key-index-list', { ts: seconds() }, Buffer.alloc(0)),
        ]),
      ];
    case 'lid':
      // Asked by LID, the server adds nothing.
      return jid.endsWith('@lid') ? [] : [node('lid', { val: `${user.lid}@lid` })];
    case 'contact':
      return [node('contact', { type: 'in' })];
    case 'status':
      return [node('status')];
    case 'disappearing_mode':
      return [node('disappearing_mode', { duration: '0', t: seconds() })];
    default:
      return [];
  }
}

function bare(jid: string): string {
  const decoded = jidDecode(jid);
  return decoded ? `${decoded.user}@${decoded.server}` : jid;
}

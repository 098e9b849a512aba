/** Small readers and builders for stanzas, so that the server's code reads like the protocol. */
import type { BinaryNode } from '@whiskeysockets/baileys';

export type Stanza = BinaryNode;

export const SERVER_JID = 's.whatsapp.net';

export function children(stanza: Stanza | undefined): readonly Stanza[] {
  return Array.isArray(stanza?.content) ? stanza.content : [];
}

export function child(stanza: Stanza | undefined, tag: string): Stanza | undefined {
  return children(stanza).find((node) => node.tag === tag);
}

/** The bytes inside a child, or inside the stanza itself where no tag is given. */
export function bytesOf(stanza: Stanza | undefined, tag?: string): Buffer | undefined {
  const content = (tag === undefined ? stanza : child(stanza, tag))?.content;
  if (content === undefined || Array.isArray(content)) return undefined;
  return Buffer.from(content);
}

export function node(tag: string, attrs: Record<string, string | undefined> = {}, content?: Stanza['content']): Stanza {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(attrs)) if (value !== undefined) present[name] = value;
  return content === undefined ? { tag, attrs: present } : { tag, attrs: present, content };
}

export function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

export function seconds(): string {
  return String(Math.floor(Date.now() / 1_000));
}

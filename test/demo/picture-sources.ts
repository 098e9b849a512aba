/** What the pictures of the documents are made of, as one line: it changes with every file that they show. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** What is seen on them: the popup with its words and styles, and the demo's page around it. */
const SHOWN = [
  'extension/components/*.{ts,tsx}',
  'extension/popup/{agent-note,agent-screen,chat-sign,face-rows,latest-chats,linking-screen,live-line,popup-menu,popup,primary-action,unlinked-agent}.tsx',
  'extension/popup/{face,latest-chat}.ts',
  'extension/styles/{controls,icons,lists,note,page,panels,text,tokens}.css',
  'shared/locales/{en,pt-BR}/{chats,link,popup,questions,status}.ts',
  'test/demo/{story,story-times}.ts',
  'test/demo/page/*.{tsx,css}',
  'test/demo/words/{en,pt-BR}.ts',
];

export function pictureSources(): string {
  const hash = createHash('sha256');
  const files = SHOWN.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort();
  for (const file of files)
    hash.update(`${file.split(path.sep).join('/')}\0`).update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex');
}

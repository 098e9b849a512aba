/** The documents hold together: both languages say the same in the same order, every link leads somewhere, every picture is of this tree. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { HANDBOOK, handbookFiles } from '../../extension/build/handbook.ts';
import { CHECK_TROUBLES } from '../../relay/cli/doctor/finding.ts';
import { CAUSE_TROUBLES, handbookPage, helpPage, TROUBLES } from '../../shared/locales/help-page.ts';
import { machinePictures } from '../demo/machine-pictures.ts';
import { pictureSources } from '../demo/picture-sources.ts';
import { DEMO_WORDS } from '../demo/words/all.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const DOCUMENTS = globSync(['*.md', 'docs/*.md', '.github/**/*.md'], { cwd: ROOT });
const PAIRS = [
  ['README.md', 'README.pt-BR.md'],
  ...HANDBOOK.map((name) => [`docs/${name}.md`, `docs/${name}.pt-BR.md`]),
];

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Without what stands between fences: there a # is no heading and a bracket no link. */
function prose(file: string): string {
  return read(file).replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** `## <a id="x"></a>Words` → `2 x`; without an anchor the level alone. */
function headingsOf(file: string): readonly string[] {
  return [...prose(file).matchAll(/^(#+) (?:<a id="([\w-]+)">)?/gm)].map(
    ([, marks = '', id = '']) => `${marks.length} ${id}`,
  );
}

/** As GitHub makes an anchor of a heading. */
function anchorsOf(file: string): ReadonlySet<string> {
  const written = [...prose(file).matchAll(/<a id="([\w-]+)">/g)].map(([, id = '']) => id);
  const made = [...prose(file).matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
    words
      .replace(/<[^>]*>/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...written, ...made]);
}

test.each(PAIRS)('%s and %s have the same headings', (english = '', portuguese = '') => {
  expect(headingsOf(portuguese)).toEqual(headingsOf(english));
  expect(headingsOf(english).length).toBeGreaterThan(2);
});

describe.each(DOCUMENTS)('%s', (file) => {
  test('every link within the tree leads to a file, and to a heading in it', () => {
    const links = [
      ...[...prose(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target),
      ...[...prose(file).matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, target = '']) => target),
    ];
    for (const link of links.filter((target) => !/^https:\/\//.test(target))) {
      const [name = '', anchor] = link.split('#');
      const target = name === '' ? file : path.join(path.dirname(file), name);
      expect(existsSync(path.join(ROOT, target)), `${link} in ${file}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), `${link} in ${file}`).toContain(anchor);
    }
  });

  test('nothing is linked without encryption', () => {
    expect(prose(file)).not.toMatch(/\]\(http:/);
  });
});

test('the pages of the handbook lead to one another, and to headings that are there', () => {
  const pages = new Map(handbookFiles(false).map(({ relativeDest, contents }) => [relativeDest, contents]));
  for (const [page, html] of pages) {
    for (const [, target = ''] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      if (target.startsWith('https://') || target.includes('/icons/')) continue;
      const [name = '', anchor] = target.split('#');
      const wanted = name === '' ? page : path.posix.join(path.posix.dirname(page), name);
      expect([...pages.keys()], `${target} in ${page}`).toContain(wanted);
      if (anchor !== undefined) expect(pages.get(wanted), `${target} in ${page}`).toContain(`id="${anchor}"`);
    }
  }
  for (const language of ['en', 'pt-BR', 'es'] as const) {
    expect([...pages.keys()]).toContain(handbookPage(language));
    for (const trouble of TROUBLES) {
      const [page = '', anchor] = helpPage(language, trouble).split('#');
      expect(pages.get(page)).toContain(`<a id="${anchor}">`);
    }
  }
});

test('every trouble has its heading, every heading is a trouble, and each cause and check leads to one', () => {
  const anchors = headingsOf('docs/troubleshooting.md').flatMap((heading) => heading.split(' ')[1] || []);
  expect(new Set(anchors)).toEqual(new Set(TROUBLES));
  expect(anchors).toHaveLength(TROUBLES.length);
  for (const trouble of [...Object.values(CAUSE_TROUBLES), ...Object.values(CHECK_TROUBLES)])
    expect(anchors).toContain(trouble);
});

/** What stands on other people's screens: phones, systems, installers, back ends. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'LTS',
  'Next',
  'Finish',
  'Continue',
  'Download ZIP',
  'Extract all',
  'Extract',
  'Extrair tudo',
  'Extrair',
  'Open in Terminal',
  'Abrir no Terminal',
  'Configurações → API Keys',
  'Waiting for this message',
  'Aguardando mensagem',
]);

/** Every text of a language's words, whatever its shape. */
function textsIn(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  return words !== null && typeof words === 'object' ? Object.values(words).flatMap(textsIn) : [];
}

test.each([
  ['en', '.md'],
  ['pt-BR', '.pt-BR.md'],
] as const)('what the documents in %s quote from the screen stands there', async (language, ending) => {
  const folder = path.join(ROOT, 'shared', 'locales', language);
  const modules = await Promise.all(globSync('*.ts', { cwd: folder }).map((file) => import(path.join(folder, file))));
  const shown = [...modules.flatMap(textsIn), ...textsIn(DEMO_WORDS[language])].join('\n').toLowerCase();
  const files = [`README${ending}`, ...HANDBOOK.map((name) => `docs/${name}${ending}`)];
  const unknown = files.flatMap((file) =>
    [...prose(file).matchAll(/(?<![*\w])\*(?!\*)([^*\n]+)\*(?!\*)/g)]
      .map(([, words = '']) => words)
      .filter((words) => !ELSEWHERE.has(words) && !words.includes('](') && !shown.includes(words.toLowerCase()))
      .map((words) => `${file}: ${words}`),
  );
  expect(unknown).toEqual([]);
});

test('the pictures of the popup and the story are of this tree: otherwise npm run pictures', () => {
  expect(read('docs/pictures/made-of.txt').trim()).toBe(pictureSources());
});

test('the pictures of the machines are what the machines do: otherwise npm run pictures', async () => {
  for (const [name, svg] of await machinePictures()) expect(read(`docs/pictures/${name}`), name).toBe(svg);
});

/** The documents for people, as pages of the extension: what is in docs/ in English and Portuguese, as HTML without a script. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';

const DOCUMENTS = path.join(import.meta.dirname, '..', '..', 'docs');
const STYLES = path.join(import.meta.dirname, '..', 'styles');

/** In the order in which they are read. A file each, and a Portuguese one beside it. */
export const HANDBOOK = [
  'first-steps',
  'safety',
  'agents',
  'troubleshooting',
  'faq',
  'privacy',
  'command-line',
  'how-it-works',
  'first-real-link',
] as const;

const LANGUAGES = { en: '.md', 'pt-BR': '.pt-BR.md' } as const;
type HandbookLanguage = keyof typeof LANGUAGES;

export type HandbookFile = { readonly contents: string; readonly relativeDest: string };

/** `isPackaged`: with the lines of the package that npm installs. */
export function handbookFiles(isPackaged: boolean): readonly HandbookFile[] {
  const pages = (Object.keys(LANGUAGES) as HandbookLanguage[]).flatMap((language) => {
    const sources = HANDBOOK.map((name) => ({ name, markdown: linesOf(markdownOf(name, language), isPackaged) }));
    const titles = sources.map(({ name, markdown }) => ({ name, title: titleOf(markdown) }));
    return sources.map(({ name, markdown }) => ({
      contents: pageOf(language, name, titles, markdown),
      relativeDest: `docs/${language}/${name}.html`,
    }));
  });
  const pictures = globSync('pictures/*.svg', { cwd: DOCUMENTS })
    .sort()
    .map((file) => ({
      contents: readFileSync(path.join(DOCUMENTS, file), 'utf8'),
      relativeDest: `docs/${file.split(path.sep).join('/')}`,
    }));
  const styles = ['tokens.css', 'handbook.css'].map((name) => readFileSync(path.join(STYLES, name), 'utf8'));
  return [...pages, ...pictures, { contents: styles.join('\n'), relativeDest: 'docs/handbook.css' }];
}

function markdownOf(name: string, language: HandbookLanguage): string {
  return readFileSync(path.join(DOCUMENTS, `${name}${LANGUAGES[language]}`), 'utf8');
}

/** The sources show those of a checkout. */
function linesOf(markdown: string, isPackaged: boolean): string {
  return isPackaged
    ? markdown.replaceAll('npm run -s recado --', 'npx recado').replaceAll('npm start', 'npx recado start')
    : markdown;
}

function titleOf(markdown: string): string {
  return /^# (.*)$/m.exec(markdown)?.[1] ?? '';
}

type Title = { readonly name: string; readonly title: string };

function pageOf(language: HandbookLanguage, name: string, titles: readonly Title[], markdown: string): string {
  // Our own text: the anchors in it are HTML.
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfmTable()],
    htmlExtensions: [gfmTableHtml()],
  });
  const title = titles.find((each) => each.name === name)?.title ?? '';
  const entries = titles.map((each) => {
    const here = each.name === name ? ' aria-current="page"' : '';
    return `<li><a href="${each.name}.html"${here}>${each.title}</a></li>`;
  });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title} – Recado</title>
<link rel="icon" href="../../icons/connected-32.png">
<link rel="stylesheet" href="../handbook.css">
</head>
<body>
<nav aria-label="Recado"><ul>${entries.join('')}</ul></nav>
<main>${inExtension(body, language)}</main>
</body>
</html>
`;
}

/** Pictures lie beside the languages' folders. */
function inExtension(html: string, language: HandbookLanguage): string {
  return html
    .replaceAll('src="pictures/', 'src="../pictures/')
    .replaceAll(/href="([\w-]+)(\.pt-BR)?\.md(#[\w-]+)?"/g, hrefIn(language));
}

/** Between documents; the other language's lies in another folder. */
function hrefIn(language: HandbookLanguage) {
  return (_all: string, name: string, portuguese: string | undefined, anchor = ''): string => {
    const target: HandbookLanguage = portuguese ? 'pt-BR' : 'en';
    return `href="${target === language ? '' : `../${target}/`}${name}.html${anchor}"`;
  };
}

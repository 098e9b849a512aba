/** `npm start` runs this first. A build that fails is said in a sentence, and never keeps the relay from starting. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Buildable, freshBuild } from './fresh-build.ts';
import { writePlaceFiles } from './place-file.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** The folder from which the relay starts. */
const BUNDLE = path.join(ROOT, 'recado-relay');

/** Before any setting is read: the system's own language. */
const LOCALE = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';

const WORDS = {
  pt: {
    begins: {
      relay: 'Montando o relay, uns segundos…',
      extension: 'Montando a extensão do navegador, uns segundos…',
    },
    failed: {
      relay: 'O relay não pôde ser montado e roda direto do código, um pouco mais devagar. Motivo:',
      extension: 'A extensão não pôde ser montada; o relay funciona sem ela. Motivo:',
    },
  },
  en: {
    begins: {
      relay: 'Building the relay, some seconds…',
      extension: 'Building the browser extension, some seconds…',
    },
    failed: {
      relay: 'The relay could not be built and runs from its sources, a little slower. Reason:',
      extension: 'The extension could not be built; the relay works without it. Reason:',
    },
  },
  es: {
    begins: {
      relay: 'Armando el relay, unos segundos…',
      extension: 'Armando la extensión del navegador, unos segundos…',
    },
    failed: {
      relay: 'El relay no se pudo armar y funciona desde el código, un poco más lento. Motivo:',
      extension: 'La extensión no se pudo armar; el relay funciona sin ella. Motivo:',
    },
  },
};

const words = LOCALE.startsWith('en') ? WORDS.en : LOCALE.startsWith('es') ? WORDS.es : WORDS.pt;

/** True if it is there now. Standard error: what a script reads from standard output stays the relay's own. */
function build(what: Buildable): boolean {
  const result = freshBuild(what, () => process.stderr.write(`${words.begins[what]}\n`));
  if (result.type === 'failed') process.stderr.write(`${words.failed[what]} ${result.why}\n`);
  return result.type !== 'failed';
}

if (build('extension')) writePlaceFiles(ROOT);
if (!build('relay')) {
  // Files of an older build do not stay beside it.
  rmSync(BUNDLE, { recursive: true, force: true });
  mkdirSync(BUNDLE);
  writeFileSync(path.join(BUNDLE, 'main.js'), "import '../relay/main.ts';\n");
}

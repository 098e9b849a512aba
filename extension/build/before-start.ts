/** `npm start` runs this first. A build that fails is said in a sentence, and never keeps the relay from starting. */
import { freshBuild } from './fresh-build.ts';

/** Before any setting is read: the system's own language. */
const LOCALE = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';

const WORDS = {
  pt: {
    begins: 'Montando a extensão do navegador, uns segundos…',
    failed: 'A extensão não pôde ser montada; o relay funciona sem ela. Motivo:',
  },
  en: {
    begins: 'Building the browser extension, some seconds…',
    failed: 'The extension could not be built; the relay works without it. Reason:',
  },
  es: {
    begins: 'Armando la extensión del navegador, unos segundos…',
    failed: 'La extensión no se pudo armar; el relay funciona sin ella. Motivo:',
  },
};

const words = LOCALE.startsWith('en') ? WORDS.en : LOCALE.startsWith('es') ? WORDS.es : WORDS.pt;

// Standard error: what a script reads from standard output stays the relay's own.
const result = freshBuild(() => process.stderr.write(`${words.begins}\n`));
if (result.type === 'failed') process.stderr.write(`${words.failed} ${result.why}\n`);

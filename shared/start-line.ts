/** The lines that every screen and sentence shows: they work in a checkout, or where npm has installed the package. */

/** Set by the build, where it is one for npm's package; the sources know nothing of it. */
declare const RECADO_PACKAGED: boolean | undefined;

const isPackaged = typeof RECADO_PACKAGED !== 'undefined' && RECADO_PACKAGED;

export const START_LINE = isPackaged ? 'npx recado start' : 'npm start';
/** Comes before a command's name: `npm run -s recado -- link`. */
export const COMMAND_LINE = isPackaged ? 'npx recado' : 'npm run -s recado --';

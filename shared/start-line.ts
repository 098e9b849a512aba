/** The lines that every screen and sentence shows: they work in a checkout, where npm has installed the package, or on a computer where Recado is installed. */

/** Set by the build, where it is one for npm's package; the sources know nothing of it. */
declare const RECADO_PACKAGED: boolean | undefined;

const isPackaged = typeof RECADO_PACKAGED !== 'undefined' && RECADO_PACKAGED;

/** Of a process that an installation has started; pages have no such thing. */
const isInstalled = typeof process !== 'undefined' && process.env.RECADO_INSTALLED === '1';

/** What an installation has put where a Terminal finds it. */
const INSTALLED_COMMAND = 'recado';

const start = isPackaged ? 'npx recado start' : 'npm start';
const command = isPackaged ? 'npx recado' : 'npm run -s recado --';

export const START_LINE = isInstalled ? `${INSTALLED_COMMAND} service start` : start;
/** Comes before a command's name: `npm run -s recado -- link`. */
export const COMMAND_LINE = isInstalled ? INSTALLED_COMMAND : command;

/** The lines that every screen and sentence shows; both work from this checkout. */
export const START_LINE = 'npm start';
/** Comes before a command's name: `npm run -s recado -- link`. */
export const COMMAND_LINE = 'npm run -s recado --';

/** The one line that starts a relay from this checkout, as every screen and sentence shows it. */
export const START_LINE = 'npm start';

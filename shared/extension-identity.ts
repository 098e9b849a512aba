/** By what browsers know our extension. Whoever lets it in names it exactly: there is no "any extension". */

/** An unpacked build has it from the key in its manifest, wherever its folder lies. */
export const CHROMIUM_ID = 'ljlifafaodgaajaeagndojkajdlnlnda';
/** Named in the manifest. */
export const FIREFOX_ID = '{0d2ffbc4-1586-476e-b899-6f96f1928e8c}';

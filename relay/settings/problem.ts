/** What is wrong with a setting that was given, as two sentences for its owner. */
export type Problem = { readonly setting: string; readonly message: string; readonly hint: string };

/** What an agent's fields and the relay's settings are called and mean. Where a name is missing here, the relay's own words stand in. */

type Meaning = { readonly label: string; readonly meaning: string };

export type MeaningWords = {
  /** By the adapter's name. */
  readonly adapters: Readonly<Record<string, Meaning>>;
  /** By `adapter.field`, or the field's name where it means the same everywhere. */
  readonly fields: Readonly<Record<string, Meaning>>;
  /** Of a field's choices, by `field.choice`. */
  readonly choices: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, Meaning>>;
};

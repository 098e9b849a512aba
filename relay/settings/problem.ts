/** What is wrong with a setting that was given. Its sentences stand in locales/, by `code`. */
import type { SettingsProblemCode } from '../../shared/locales/shapes.ts';

export type SettingsProblem = {
  /** As it was spelled: a flag, a variable, a name in settings.json, or the file itself. */
  readonly setting: string;
  readonly code: SettingsProblemCode;
  /** What the sentence names besides. */
  readonly values: Readonly<Record<string, string | number>>;
};

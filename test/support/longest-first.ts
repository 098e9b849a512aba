/**
 * Begins with the files that take longest, so that no worker is left with one of them at the end. Vitest goes by the size of a file where
 * it has not seen it run, and a short file may run long.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Half a minute and more each. */
const LONG = [
  'beyond-baileys/bounded-retries',
  'installation/update',
  'packages/patterns',
  'scenes/busy-account',
  'scenes/busy-day',
  'scenes/command-pairs',
  'scenes/true-state',
  'scenes/queue',
  'scenes/process',
] as const;

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      moduleId.includes('/browser/') || LONG.some((name) => moduleId.endsWith(`/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

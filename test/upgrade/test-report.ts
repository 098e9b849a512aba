/** What two runs of the same tests tell about a library that changed between them. Pure. */
import * as v from 'valibot';

/** As vitest's JSON reporter writes it; only what is read here. */
const ReportSchema = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      assertionResults: v.array(
        v.object({
          fullName: v.string(),
          status: v.string(),
          duration: v.optional(v.nullable(v.number())),
        }),
      ),
    }),
  ),
});

type Outcome = { readonly file: string; readonly passed: boolean; readonly ms: number };
/** By file and name. */
export type Run = ReadonlyMap<string, Outcome>;

export type Changes = {
  /** Tests that show a gap in the stock library, and show it no more. */
  readonly closedGaps: readonly string[];
  readonly broken: readonly string[];
  readonly mended: readonly string[];
  /** Time of the tests that pass in both runs, new to old. */
  readonly timeRatio: number;
};

/** Tests of what the library itself does begin with its name. */
const GAP = 'stock Baileys';

export function readReport(json: string, root: string): Run {
  const { testResults } = v.parse(ReportSchema, JSON.parse(json));
  return new Map(
    testResults.flatMap(({ name, assertionResults }) => {
      const file = name.startsWith(root) ? name.slice(root.length + 1) : name;
      return assertionResults
        .filter(({ status }) => status === 'passed' || status === 'failed')
        .map(({ fullName, status, duration }): [string, Outcome] => [
          `${file} > ${fullName}`,
          { file, passed: status === 'passed', ms: duration ?? 0 },
        ]);
    }),
  );
}

export function compareRuns(before: Run, after: Run): Changes {
  const names = [...before.keys()];
  const passed = (run: Run, name: string): boolean => run.get(name)?.passed ?? false;
  const lost = names.filter((name) => passed(before, name) && !passed(after, name));
  const both = names.filter((name) => passed(before, name) && passed(after, name));
  const time = (run: Run): number => both.reduce((sum, name) => sum + (run.get(name)?.ms ?? 0), 0);
  const isGap = (name: string): boolean => name.includes(`> ${GAP}`);
  return {
    closedGaps: lost.filter(isGap),
    broken: lost.filter((name) => !isGap(name)),
    mended: names.filter((name) => !passed(before, name) && passed(after, name)),
    timeRatio: time(before) > 0 ? time(after) / time(before) : 1,
  };
}

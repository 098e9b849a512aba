/** What is alone is alone, what goes beside goes beside, and nobody is overtaken. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChangeLock } from '../../relay/app/change-lock.ts';

test('over all orders of coming and going', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.record({ alone: fc.boolean(), fails: fc.boolean() }), { maxLength: 12 }),
      async (scheduler, works) => {
        const lock = new ChangeLock();
        const begun: number[] = [];
        let alone = 0;
        let beside = 0;
        const all = works.map(({ alone: isAlone, fails }, at) => {
          const work = async (): Promise<void> => {
            begun.push(at);
            if (isAlone) alone += 1;
            else beside += 1;
            expect(alone + (beside > 0 ? 1 : 0)).toBeLessThanOrEqual(1);
            await scheduler.schedule(Promise.resolve());
            if (isAlone) alone -= 1;
            else beside -= 1;
            if (fails) throw new Error('it failed');
          };
          return (isAlone ? lock.alone(work) : lock.beside(work)).catch(() => undefined);
        });
        await scheduler.waitFor(Promise.all(all));
        expect(begun).toEqual(works.map((_, at) => at));
      },
    ),
  );
});

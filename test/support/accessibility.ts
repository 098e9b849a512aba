/** What would keep somebody out of a page: by axe's rules, and under a finger. */
import axe from 'axe-core';
import type { Page } from 'puppeteer-core';

/** By axe's names: what another colour scheme may change. */
const RULES_OF = {
  colours: ['color-contrast', 'link-in-text-block'],
} as const;

/** Each barrier that axe finds, as a line; none where everyone gets through. `of`: only what may differ from a page that was looked at. */
export async function barriersOf(page: Page, of: keyof typeof RULES_OF | null = null): Promise<readonly string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source);
  const rules = of ? `, runOnly: ${JSON.stringify(RULES_OF[of])}` : '';
  const { violations } = (await page.evaluate(`axe.run({ resultTypes: ["violations"]${rules} })`)) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}

export const COLOUR_SCHEMES = ['light', 'dark'] as const;

/** The page as a browser shows it that prefers this scheme. */
export async function showIn(page: Page, scheme: (typeof COLOUR_SCHEMES)[number]): Promise<void> {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
}

/** CSS pixels: what Apple, and with a little more Google, ask for. */
const FINGER = 44;
/** Within a sentence, where the line's height is what there is (WCAG 2.5.8). */
const LEAST = 24;

/** Each control that is too small for a finger, as a line. */
export function tooSmallOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    (finger, least) => {
      const controls = [
        ...document.querySelectorAll<HTMLElement>(
          'a[href], button, input, select, textarea, summary, [role="menuitem"]',
        ),
      ];
      /** What a finger hits besides: a label, or a larger area that belongs to it. */
      const hits = (control: HTMLElement, x: number, y: number): boolean => {
        const hit = document.elementFromPoint(x, y);
        return hit !== null && (control.contains(hit) || hit.closest('label')?.control === control);
      };
      return controls.flatMap((control) => {
        const isHidden = control.getClientRects().length === 0 || getComputedStyle(control).visibility === 'hidden';
        // What stands behind an open question or menu is not what is pressed.
        const front = document.querySelector('dialog[open], [role="menu"]');
        if (isHidden || (front && !front.contains(control))) return [];
        control.scrollIntoView({ block: 'center' });
        const { x, y, width, height } = (control.closest('label') ?? control).getBoundingClientRect();
        const half = (control.matches('.in-line') ? least : finger) / 2 - 1;
        const [atX, atY] = [x + width / 2, y + height / 2];
        const reached = [
          height / 2 > half || (hits(control, atX, atY - half) && hits(control, atX, atY + half)),
          width / 2 > half || (hits(control, atX - half, atY) && hits(control, atX + half, atY)),
        ];
        const is = `${control.tagName.toLowerCase()}.${control.className} "${control.textContent?.slice(0, 20)}"`;
        return reached.includes(false) ? [`${is}: ${Math.round(width)} × ${Math.round(height)}`] : [];
      });
    },
    FINGER,
    LEAST,
  );
}

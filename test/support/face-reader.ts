/** What somebody reads off the popup's face. */
import type { PopupDriver } from './popup-driver.ts';

/** The one sentence, the rows, and the line under the switch. */
export async function readFace({ page }: PopupDriver) {
  return page.evaluate(() => {
    const text = (place: string): string => document.querySelector(place)?.textContent?.trim() ?? '';
    const rows = [...document.querySelectorAll('.rows > li')];
    const said = (row: Element): string =>
      [...row.querySelectorAll('.what, .aside')]
        .map(({ textContent }) => textContent?.trim())
        .filter(Boolean)
        .join(' | ');
    return {
      truth: text('.truth'),
      rows: rows.map(said),
      wrong: rows.filter((row) => row.hasAttribute('data-wrong')).map(said),
      act: text('.note .primary'),
      live: text('.live'),
      lit: document.querySelector('.note[data-lit]') !== null,
    };
  });
}

/** The latest chats, or those of another list: name, what became of it, the act. */
export async function readChats({ page }: PopupDriver, list = '.latest'): Promise<readonly string[]> {
  return page.$$eval(`${list} > ul > li, ${list} > li`, (rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('b, .who small, .btn')].map(({ textContent }) => textContent).join(' | '),
    ),
  );
}

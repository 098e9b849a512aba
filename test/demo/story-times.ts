/** How long each chapter lasts for somebody who watches. */
import { CHAPTERS, type ChapterName } from './words/demo-words.ts';

/** Ms. */
export const CHAPTER_MS: Readonly<Record<ChapterName, number>> = {
  link: 9_000,
  'switch-on': 6_500,
  answer: 7_500,
  'step-in': 7_500,
  'give-back': 7_000,
  off: 7_500,
};

export const STORY_MS = Object.values(CHAPTER_MS).reduce((sum, ms) => sum + ms, 0);

/** When a chapter begins, ms from the beginning of the story. */
export function beginOf(chapter: ChapterName): number {
  return CHAPTERS.slice(0, CHAPTERS.indexOf(chapter)).reduce((sum, each) => sum + CHAPTER_MS[each], 0);
}

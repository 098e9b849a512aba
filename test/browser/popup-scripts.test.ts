import { expect, test } from 'vitest';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { MOST_SCRIPT, popupScriptBytes } from '../support/popup-scripts.ts';

test.each(LANGUAGE_CODES)('the popup opens with little script: %s', (language) => {
  const bytes = popupScriptBytes(language);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT);
});

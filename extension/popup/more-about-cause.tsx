/** The place in the documents that explains why a link is not up. */

import type { Cause } from '../../shared/contract/status.ts';
import { CAUSE_TROUBLES } from '../../shared/locales/help-page.ts';
import { MoreAbout } from '../components/more-about.tsx';

/** Nobody who has not linked a number yet is in trouble. */
export function MoreAboutCause({ cause }: { readonly cause: Cause }) {
  return cause === 'not-linked' ? null : <MoreAbout trouble={CAUSE_TROUBLES[cause]} />;
}

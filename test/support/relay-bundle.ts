/** Before all tests: the relay as people start it. */
import { freshBuild } from '../../extension/build/fresh-build.ts';

export function setup(): void {
  const build = freshBuild('relay');
  if (build.type === 'failed') throw new Error(`the relay could not be bundled: ${build.why}`);
}

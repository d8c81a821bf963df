// @ts-expect-error plain JavaScript, so that it runs before the dependencies are installed
import { buildStudio } from '../scripts/build.mjs';

/** Builds the studio once before the tests that serve it. */
export function setup(): void {
  buildStudio();
}

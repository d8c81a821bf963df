/**
 * Writes the pages of `docs/` that are made from code: the command line, the format of manifest.json, the voice commands.
 *
 *   npm run docs
 */
import { writeFileSync } from 'node:fs';
import { generatedPages } from './documents/pages.ts';

for (const [name, page] of Object.entries(generatedPages)) {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), page());
}

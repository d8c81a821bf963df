// Finds the code of the command line in a checkout: a bundle of the sources, or the sources themselves. Node takes two seconds of
// processor time to load the sources and a tenth of one to load a bundle.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { discardBundle, findBundle, MAIN_FILE } from './bundle-cache.mjs';

const importSources = async () => {
  await import('../../core/source-loader.mjs');
  return import('../src/main.ts');
};

/**
 * Imports `main.ts`: from the bundle if it is up to date, otherwise from a new one. Where none can be made (a source that does not
 * compile, a read-only folder, a full disk), and with `PRAXIS_DEBUG`, which shows errors with the lines of the sources, it runs
 * from the sources.
 */
export async function importMain() {
  if (process.env.PRAXIS_DEBUG) return importSources();
  const found = findBundle();
  try {
    const folder = found ?? (await (await import('./bundle.mjs')).makeBundle());
    return await import(pathToFileURL(join(folder, MAIN_FILE)).href);
  } catch {
    if (found !== undefined) discardBundle();
    return importSources();
  }
}

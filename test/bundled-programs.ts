import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';
// @ts-expect-error plain JavaScript, which runs before TypeScript can be imported
import { makeProgramBundle } from '../packages/cli/checkout/bundle.mjs';
// @ts-expect-error
import { findBundle } from '../packages/cli/checkout/bundle-cache.mjs';
// @ts-expect-error
import { outputName, replaceModulesBeside } from '../packages/cli/checkout/source-plugin.mjs';

const NAME = 'programs';
const TESTS = dirname(fileURLToPath(import.meta.url));

let bundle: Promise<string | undefined> | undefined;

/**
 * Folder of the programs that sources and tests start, bundled once for all projects of a run. Undefined where none can be made (a source
 * that does not compile, a read-only folder): the programs then run from the sources, as the command line does.
 */
function bundleFolder(): Promise<string | undefined> {
  bundle ??= (async () => findBundle(NAME) ?? (await makeProgramBundle(NAME, TESTS)))().catch(() => undefined);
  return bundle;
}

/**
 * Lets tests start threads and processes as the command line does: from a bundle of the sources, which Node loads in a tenth of the
 * processor time that the sources take. The bundle is made if a source has changed. In watch mode, in which sources change during a
 * run, threads and processes run from the sources.
 */
export function bundledPrograms(): Plugin {
  let watching = false;
  return {
    name: 'praxis-bundled-programs',
    enforce: 'pre',
    configureVitest({ vitest }) {
      watching = vitest.config.watch;
    },
    async transform(text, id) {
      if (watching || !id.endsWith('.ts') || !text.includes('moduleBeside(')) return undefined;
      const folder = await bundleFolder();
      if (folder === undefined) return undefined;
      return replaceModulesBeside(id, text, (source: string) => {
        const program = join(folder, `${outputName(source)}.js`);
        return existsSync(program) ? `new URL(${JSON.stringify(pathToFileURL(program).href)})` : undefined;
      });
    },
  };
}

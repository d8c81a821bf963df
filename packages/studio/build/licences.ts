import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** Root of the checkout. */
const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Name of the package that a module belongs to; undefined for one of ours. */
export const packageOf = (module: string): string | undefined =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module.replaceAll('\\', '/'))?.[1];

/** The packages that a text like NOTICE does not name at the start of a line, before the version. */
export const unnamedIn = (notice: string, packages: Iterable<string>): readonly string[] =>
  [...packages].filter((name) => !notice.includes(`\n${name} `)).sort();

/**
 * Writes NOTICE and LICENSE as `licences.txt` beside the page, which links to it. The build fails when the page or one of its
 * workers contains a package that NOTICE does not name.
 * @returns the plugins of the page and of its workers
 */
export function licences(): { readonly page: Plugin; readonly worker: () => Plugin } {
  const packages = new Set<string>();
  const collect = (bundle: Rolldown.OutputBundle): void => {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      for (const module of output.moduleIds) {
        const name = packageOf(module);
        if (name !== undefined) packages.add(name);
      }
    }
  };
  const page: Plugin = {
    name: 'praxis:licences',
    apply: 'build',
    generateBundle(_, bundle) {
      collect(bundle);
      const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8');
      const unnamed = unnamedIn(notice, packages);
      if (unnamed.length > 0)
        this.error(
          `NOTICE does not name ${unnamed.join(', ')}: add to scripts/licences/bundled.mjs, npm run licences -- --write`,
        );
      const source = `${notice}\n== The licence Apache-2.0\n\n${readFileSync(join(ROOT, 'LICENSE'), 'utf8')}`;
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    },
  };
  const worker = (): Plugin => ({
    name: 'praxis:licences-of-worker',
    apply: 'build',
    generateBundle: (_, bundle) => collect(bundle),
  });
  return { page, worker };
}

// npm run build compiles every package into its folder dist (ESM, types, source maps) and builds the studio's page.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildStudio } from './build.mjs';
import { packages } from './packages.mjs';
import { root } from './setup.mjs';

/** Packages of TypeScript; the others are shipped as they are. */
const compiled = packages.filter(({ folder }) => existsSync(join(root, folder, 'tsconfig.json')));

/** Outputs of earlier builds: a module that is gone must not be shipped. */
const outputs = compiled.map(({ folder }) =>
  join(root, folder, ...(folder === 'packages/studio' ? ['.cache', 'types'] : ['dist'])),
);

/** Compiles every package from scratch; an error of types ends the process with tsc's status. */
export function buildPackages() {
  for (const output of outputs) rmSync(output, { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, '-b', ...compiled.map(({ folder }) => folder)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  cpSync(join(root, 'urdf'), join(root, 'sim', 'dist', 'urdf'), { recursive: true });
}

buildPackages();
buildStudio();

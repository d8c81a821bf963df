// Builds the studio into packages/studio/dist with vite when a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const studio = join(root, 'packages', 'studio');
export const studioDist = join(studio, 'dist');

/** Everything that ends up in the bundle; models and robot descriptions are served as they are. */
const sources = [
  ...['core', 'model', 'policy', 'safety', 'speech', 'teleop', 'studio'].map((name) => `packages/${name}`),
  'sim',
  'package-lock.json',
];
const skipped = new Set(['node_modules', 'dist', '.cache']);

function newest(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  let latest = 0;
  for (const entry of readdirSync(path)) {
    if (skipped.has(entry) || entry.endsWith('.tsbuildinfo')) continue;
    latest = Math.max(latest, newest(join(path, entry)));
  }
  return latest;
}

/** True when there is a studio to build in this checkout. */
export const hasStudio = () => existsSync(join(studio, 'index.html'));

/** Builds when needed. Ends the process with vite's status when the build fails. */
export function buildStudio() {
  const page = join(studioDist, 'index.html');
  if (existsSync(page)) {
    const built = statSync(page).mtimeMs;
    if (sources.every((source) => newest(join(root, source)) <= built)) return;
  }
  console.error('praxis: building the studio ...');
  const vite = spawnSync(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: studio,
    stdio: ['ignore', 2, 2],
  });
  if (vite.status !== 0) {
    console.error('praxis: the studio did not build');
    process.exit(vite.status ?? 1);
  }
}

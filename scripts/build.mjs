// Builds the studio into packages/studio/dist with vite, compressed for the server, if a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const studio = join(root, 'packages', 'studio');
export const studioDist = join(studio, 'dist');

/** Folders and files that the bundle depends on; the server sends models and robot descriptions as they are. */
const sources = [
  ...['core', 'evaluation', 'model', 'planner', 'policy', 'safety', 'speech', 'teleop', 'wire', 'studio'].map(
    (name) => `packages/${name}`,
  ),
  'sim',
  'package-lock.json',
  'NOTICE',
];
/** Names that hold build outputs. */
const skippedNames = new Set(['node_modules', 'dist', '.cache']);

/** Newest time of modification below a path (ms since 1970). */
function newestModificationMs(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  let latest = 0;
  for (const entry of readdirSync(path)) {
    if (skippedNames.has(entry) || entry.endsWith('.tsbuildinfo')) continue;
    latest = Math.max(latest, newestModificationMs(join(path, entry)));
  }
  return latest;
}

/** True if this checkout contains the studio. */
export const hasStudio = () => existsSync(join(studio, 'index.html'));

/** Builds the studio if it is out of date; a failed build ends the process with vite's status. */
export function buildStudio() {
  // A build writes the compressed page last.
  const page = join(studioDist, 'index.html.br');
  if (existsSync(page)) {
    const built = statSync(page).mtimeMs;
    if (sources.every((source) => newestModificationMs(join(root, source)) <= built)) return;
  }
  console.error('praxis: building the studio ...');
  const vite = spawnSync(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: studio,
    stdio: ['ignore', 2, 2],
  });
  if (vite.status !== 0) {
    console.error('praxis: the build of the studio failed');
    process.exit(vite.status ?? 1);
  }
}

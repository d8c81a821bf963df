// The packages that are published: every workspace that is not private. All have the version of the root's package.json.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const readManifest = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

const { version, workspaces } = readManifest('.');

export { version };

/** Folders of the workspaces, relative to the root; `packages/*` stands for all folders in `packages`. */
const folders = workspaces.flatMap((each) => {
  if (!each.endsWith('/*')) return [each];
  const parent = each.slice(0, -2);
  return readdirSync(join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')));
});

/** Folder (relative to the root) and package.json of each published package. */
export const packages = folders
  .map((folder) => ({ folder, manifest: readManifest(folder) }))
  .filter(({ manifest }) => !manifest.private);

/** The names of ours among dependencies of a kind. */
const ours = (dependencies = {}) => Object.entries(dependencies).filter(([name]) => name.startsWith('@praxis/'));

/** @throws when a package has another version than the root, or depends on another one of ours */
export function checkVersions() {
  for (const { folder, manifest } of packages) {
    const found = [['its version', manifest.version], ...ours(manifest.dependencies)];
    for (const [label, value] of found) {
      if (value !== version) throw new Error(`${folder}/package.json: ${label} is ${value}, expected ${version}`);
    }
  }
}

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './run-praxis.ts';

/** Major versions of Node that Praxis supports. */
export const NODE_VERSIONS = [20, 22, 24, 26];
/** npm's package with Node for this machine. */
const PACKAGE = `node-${process.platform}-${process.arch}`;
/** The programs stay here, so that a later run downloads nothing. */
const CACHE = join(root, 'node_modules', '.cache', 'praxis-node-versions');

/** Path of the program of a version, once {@link installNodes} has run. */
export const nodeOf = (version: number): string => join(CACHE, 'node_modules', `node-v${version}`, 'bin', 'node');

/** Installs every version from npm. */
export async function installNodes(): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const dependencies = NODE_VERSIONS.map((version) => [`node-v${version}`, `npm:${PACKAGE}@${version}`]);
  // A package of its own keeps npm from writing to the checkout's.
  writeFileSync(
    join(CACHE, 'package.json'),
    JSON.stringify({ private: true, dependencies: Object.fromEntries(dependencies) }),
  );
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await promisify(execFile)('npm', ['install', ...flags], { cwd: CACHE });
}

// Installs dependencies when they are missing or older than package-lock.json. Node's own modules only: this runs first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
const mark = join(root, 'node_modules', '.praxis-lock-sha256');

const lockHash = () => createHash('sha256').update(readFileSync(lock)).digest('hex');

/** True when node_modules holds what package-lock.json asks for. */
export function installedIsCurrent() {
  if (!existsSync(installed)) return false;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lockHash()) return true;
  return statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

/** Leaves node_modules complete, or ends the process with npm's status. npm's own output goes to stderr. */
export function setup() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`praxis: Node ${process.versions.node} is too old: 20.19 or newer is needed`);
    process.exit(1);
  }
  if (installedIsCurrent()) return;
  console.error('praxis: installing dependencies (npm ci) ...');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error(`praxis: npm ci failed${npm.error ? `: ${npm.error.message}` : ` with status ${npm.status}`}`);
    process.exit(npm.status ?? 1);
  }
  writeFileSync(mark, lockHash());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();

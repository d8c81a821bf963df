// Installs the dependencies if they are missing or older than package-lock.json. It runs before anything is installed, so it
// imports Node's modules only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Programs that this process starts would keep compiled code in the system's temporary folder, whoever owns the folder.
process.env.NODE_DISABLE_COMPILE_CACHE = '1';

const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
/** SHA-256 of the package-lock.json that node_modules was last installed from. */
const installedHashFile = join(root, 'node_modules', '.praxis-lock-sha256');

const lockHash = () => createHash('sha256').update(readFileSync(lock)).digest('hex');

/** True if node_modules matches package-lock.json. */
export function installedIsCurrent() {
  if (!existsSync(installed)) return false;
  if (existsSync(installedHashFile) && readFileSync(installedHashFile, 'utf8') === lockHash()) return true;
  return statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

/**
 * Installs the dependencies if needed; npm's output goes to standard error. A failure ends the process with npm's status, a
 * Node that is too old ends it with 1.
 */
export function setup() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`praxis: Node ${process.versions.node} is too old: expected 20.19 or newer`);
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
  writeFileSync(installedHashFile, lockHash());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();

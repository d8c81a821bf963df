// npm test installs missing dependencies and runs vitest, which receives the arguments. It runs every project but `nightly`;
// `npm test -- --project NAME` runs one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setup } from './setup.mjs';

setup();

const args = process.argv.slice(2);
const chosen = args.some((arg) => arg === '--project' || arg.startsWith('--project='));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const run = [vitest, 'run', ...(chosen ? [] : ['--project=!nightly']), ...args];
// Vitest writes the modules that it compiled into the temporary folder and runs them from there.
const folder = mkdtempSync(join(tmpdir(), 'praxis-test-'));
const result = spawnSync(process.execPath, run, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TMPDIR: folder },
});
rmSync(folder, { recursive: true, force: true });
process.exit(result.status ?? 1);

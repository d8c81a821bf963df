// npm test installs missing dependencies, builds the studio for the tests in a browser and runs vitest, which receives the
// arguments.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setup } from './setup.mjs';

setup();
const { buildStudio, hasStudio } = await import('./build.mjs');
if (hasStudio()) buildStudio();

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const result = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(result.status ?? 1);

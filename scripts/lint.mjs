// Lints: biome, then eslint in two parts, since the types of all packages at once do not fit into the memory that Node takes by default.
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

const base = ['core', 'model', 'safety', 'policy', 'speech', 'teleop', 'planner', 'wire'].map(
  (name) => `packages/${name}`,
);
base.push('sim');
const commands = [
  ['biome', 'ci', '.'],
  ['eslint', ...base],
  ['eslint', '.', ...base.flatMap((folder) => ['--ignore-pattern', `${folder}/**`])],
];
let failed = false;
for (const command of commands) {
  const { status } = spawnSync('npx', ['--no-install', ...command], { cwd: root, stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;

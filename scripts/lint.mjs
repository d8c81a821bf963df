// Lints: biome, then eslint in parts, since the types of all packages at once do not fit into the memory that Node takes by default.
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

const packages = (...names) => names.map((name) => `packages/${name}`);
const parts = [
  [...packages('core', 'model', 'safety'), 'sim'],
  packages('policy', 'speech', 'teleop', 'planner', 'wire'),
  packages('evaluation', 'ros', 'studio', 'cli'),
];
const commands = [
  ['biome', 'ci', '.'],
  ...parts.map((folders) => ['eslint', ...folders]),
  ['eslint', '.', ...parts.flat().flatMap((folder) => ['--ignore-pattern', `${folder}/**`])],
];
let failed = false;
for (const command of commands) {
  const { status } = spawnSync('npx', ['--no-install', ...command], { cwd: root, stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;

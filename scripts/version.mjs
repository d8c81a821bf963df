// npm run release:version takes the changesets of `.changeset` into the changelogs and the version of every package, and gives the
// root, the ament package and the lock file that version.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const run = (program, ...args) =>
  execFileSync(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
const replaceIn = (name, pattern, text) => {
  const file = join(root, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, text));
};

run(process.execPath, join(root, 'node_modules', '@changesets', 'cli', 'bin.js'), 'version');
const { version } = JSON.parse(readFileSync(join(root, 'packages', 'core', 'package.json'), 'utf8'));
replaceIn('package.json', /"version": ".*"/, `"version": "${version}"`);
replaceIn('package.xml', /<version>.*<\/version>/, `<version>${version}</version>`);
run('npm', 'install', '--package-lock-only', '--ignore-scripts', '--silent');
const { checkVersions } = await import('./packages.mjs');
checkVersions();
console.log(`Praxis ${version}: review the changelogs, commit, and tag the commit v${version}`);

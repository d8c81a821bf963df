// Packs every package into a tarball, from what `npm run build` made:
//
//   node scripts/pack.mjs [FOLDER]      writes the tarballs into FOLDER (default: .cache/tarballs)
//
// A tarball is packed from a copy of its files, so that it holds what a user needs and nothing of the checkout: no tests, no
// condition that names sources, licence and NOTICE, and imports in types that name built modules. `npm publish TARBALL` publishes it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkVersions, packages } from './packages.mjs';
import { root } from './setup.mjs';

/** Tests, their helpers and reference numbers, and notes of the compiler. */
const LEFT_OUT =
  /\.test\.|(^|[\\/])testing([\\/]|$|\.(js|d\.ts))|(^|[\\/])parity\.json$|\.tsbuildinfo$|(^|[\\/])node_modules([\\/]|$)/;

/** Imports of modules beside a declaration file, which the compiler leaves as they are in the source. */
const SOURCE_IMPORT = /((?:from|import) ?\(?)'(\.[^']*)\.ts'/g;

/** Where the files of a name in `files` are; the page and the types of the studio are built elsewhere. */
const sourceOf = (folder, name) => {
  const built = folder === 'packages/studio' && { page: 'dist', types: join('.cache', 'types') }[name];
  return join(root, folder, built || name);
};

/** Entry points as a user sees them. One without a build is for the tests of the checkout. */
function builtEntries(entries = {}) {
  const built = Object.entries(entries).map(([path, entry]) => {
    if (typeof entry === 'string') return [path, entry];
    const { 'praxis-source': _, ...conditions } = entry;
    return [path, conditions];
  });
  return Object.fromEntries(built.filter(([, entry]) => Object.keys(entry).length > 0));
}

/** The package.json of the tarball. */
function publishedManifest({ scripts, devDependencies, ...manifest }) {
  const imports = manifest.imports && { imports: builtEntries(manifest.imports) };
  return { ...manifest, files: [...manifest.files, 'NOTICE'], ...imports, exports: builtEntries(manifest.exports) };
}

/** Copies the files of a package into a folder. */
function stage({ folder, manifest }, target) {
  mkdirSync(target, { recursive: true });
  for (const name of manifest.files) {
    const source = sourceOf(folder, name);
    if (!existsSync(source))
      throw new Error(`${relative(root, source)}: missing; build the packages first (npm run build)`);
    cpSync(source, join(target, name), { recursive: true, filter: (path) => !LEFT_OUT.test(relative(source, path)) });
  }
  for (const path of readdirSync(target, { recursive: true })) {
    if (!path.endsWith('.d.ts')) continue;
    const file = join(target, path);
    writeFileSync(file, readFileSync(file, 'utf8').replace(SOURCE_IMPORT, "$1'$2.js'"));
  }
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(publishedManifest(manifest), undefined, 2)}\n`);
  cpSync(join(root, folder, 'README.md'), join(target, 'README.md'));
  for (const name of ['LICENSE', 'NOTICE']) cpSync(join(root, name), join(target, name));
}

/**
 * Packs every package.
 * @param {string} folder folder of the tarballs; earlier ones are removed
 * @returns {string[]} paths of the tarballs
 */
export function pack(folder) {
  checkVersions();
  const staging = join(folder, 'staging');
  rmSync(folder, { recursive: true, force: true });
  const staged = packages.map((each) => {
    const target = join(staging, basename(each.folder));
    stage(each, target);
    return target;
  });
  const npm = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...staged], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (npm.status !== 0) throw new Error(`npm pack: ${npm.stderr}`);
  rmSync(staging, { recursive: true });
  return readdirSync(folder).map((name) => join(folder, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of pack(resolve(process.argv[2] ?? join(root, '.cache', 'tarballs')))) console.log(path);
}

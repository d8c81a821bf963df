// Bundles the command line and the programs that it starts in threads and processes, with esbuild.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';
import { COMMAND_LINE, MAIN_FILE, stateOf, writeBundle } from './bundle-cache.mjs';
import { root } from './folders.mjs';
import { modulesBeside, outputName, sourcePlugin } from './source-plugin.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
/** Files beside the sources on which the meaning of an import depends. */
const RESOLUTION_FILES = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'];

/** Folders of the workspaces. */
function workspaces() {
  const { workspaces: patterns } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [join(root, pattern)];
    const parent = join(root, pattern.slice(0, -2));
    return readdirSync(parent).map((name) => join(parent, name));
  });
}

const sourcesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

/** All sources of the workspaces, tests included. */
const sources = () =>
  workspaces()
    .map((folder) => join(folder, 'src'))
    .filter((folder) => existsSync(folder))
    .flatMap(sourcesIn);

/** The sources that sources name by `moduleBeside`: each becomes an entry point. */
const namedModules = (sources) => new Set(sources.flatMap(modulesBeside).filter((source) => existsSync(source)));

/** Bundles sources, of which `entries` name each other by `moduleBeside`; `main` is the one that becomes `main.js`. */
async function bundleSources(entries, main) {
  const states = new Map();
  const { outputFiles, metafile } = await build({
    entryPoints: [
      ...(main === undefined ? [] : [{ in: main, out: MAIN_FILE.replace(/\.js$/, '') }]),
      ...[...entries].map((source) => ({ in: source, out: outputName(source) })),
    ],
    absWorkingDir: root,
    outdir: root,
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['praxis-source'],
    mainFields: ['main'],
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    legalComments: 'none',
    logLevel: 'silent',
    // For the packages in CommonJS among those that are part of the bundle.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [sourcePlugin(entries, states)],
  }).finally(stop);
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const others = [
    ...[...used, ...RESOLUTION_FILES].map((path) => join(root, path)),
    ...workspaces().map((folder) => join(folder, 'package.json')),
    ...readdirSync(HERE).map((name) => join(HERE, name)),
  ];
  // Their states are read afterwards: installed packages are not edited while the bundle is made.
  for (const path of others) if (!states.has(path)) states.set(path, stateOf(path));
  return {
    files: outputFiles.map(({ path, contents }) => [relative(root, path), contents]),
    inputs: [...states].map(([path, state]) => [path, ...state]),
  };
}

/**
 * Bundles the command line and the programs that it starts, and keeps the bundle.
 * @returns the folder of the bundle
 * @throws when a source does not compile or the bundle cannot be written
 */
export const makeBundle = () => {
  const entries = namedModules(sources().filter((name) => !name.endsWith('.test.ts')));
  return writeBundle(COMMAND_LINE, () => bundleSources(entries, join(root, 'packages/cli/src/main.ts')));
};

/**
 * Bundles the programs that sources and tests start in threads and processes, and keeps the bundle.
 * @param name name of the bundle
 * @param folder folder with more tests
 * @returns the folder of the bundle
 * @throws as {@link makeBundle}
 */
export const makeProgramBundle = (name, folder) =>
  writeBundle(name, () => bundleSources(namedModules([...sources(), ...sourcesIn(folder)])));

// Bundles the command line and the programs that it starts in threads and processes, with esbuild.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { stateOf, writeBundle } from './bundle-cache.mjs';
import { root } from './folders.mjs';

/** Name of the bundled `packages/cli/src/main.ts`. */
export const MAIN = 'main.js';

/**
 * Third-party packages that become part of the bundle. They are plain JavaScript that most commands load, as hundreds of files. A
 * module of the user's that imports one of them gets a copy of its own, which is why none of them is here that has shared state.
 */
const INLINED = new Set(['@commander-js/extra-typings', 'commander', 'fast-xml-parser', 'mathjs', 'rxjs', 'zod']);

/** Files beside the sources on which the meaning of an import depends. */
const RESOLUTION_FILES = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'];

/** A module that a source names for a thread or a process: `moduleBeside('./worker', import.meta.url)`. */
const MODULE_BESIDE = /\bmoduleBeside\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g;

/** An import whose module is known only when it runs: the argument is no literal. */
const IMPORT_OF_EXPRESSION = /\bimport\(\s*(?:\/\*.*?\*\/\s*)?(?!['"`\s/])/g;

const IMPORT_MODULE = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), 'import-module.mjs')).href;

/** The modules of rxjs, of which a bundle keeps those that it uses; its condition `node` names one that cannot be divided. */
const rxjsModules = () => {
  const folder = join(root, 'node_modules', 'rxjs');
  return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports['.'].es2015);
};

/** Core's import of mathjs by name; in Node it imports a file of mathjs by its place. */
const UNIT_CLASS = join(root, 'packages/core/src/units/unit-class.ts');

const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
/** Name of a source in the bundle, which is one flat folder. */
const outputName = (source) => relative(root, source).replaceAll(sep, '-').replace(/\.ts$/, '');

/** Folders with the sources of the workspaces. */
const sourceFolders = () =>
  [...readdirSync(join(root, 'packages')).map((name) => join('packages', name)), 'sim', join('training', 'voice')]
    .map((workspace) => join(root, workspace, 'src'))
    .filter((folder) => existsSync(folder));

/** The sources that others name by `moduleBeside`: each becomes an entry point. */
function namedModules() {
  const sources = sourceFolders().flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(folder, name)),
  );
  const named = sources.flatMap((source) =>
    [...readFileSync(source, 'utf8').matchAll(MODULE_BESIDE)].map(([, name]) => join(dirname(source), `${name}.ts`)),
  );
  return new Set(named.filter((source) => existsSync(source)));
}

/**
 * Adapts a source to the bundle. `import.meta.url` still names the source, by which files are found; a module beside it is the
 * bundled one; and a module that is known only at run time may be a user's.
 */
function adapt(source, text, entries) {
  const url = JSON.stringify(pathToFileURL(source).href);
  const adapted = text
    .replace(MODULE_BESIDE, (call, name) => {
      const target = join(dirname(source), `${name}.ts`);
      return entries.has(target) ? `new URL("./${outputName(target)}.js", __praxisBundle)` : call;
    })
    .replace(/\bimport\.meta\.url\b/g, url)
    .replace(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(source)))
    .replace(/\bimport\.meta\.filename\b/g, JSON.stringify(source))
    .replace(IMPORT_OF_EXPRESSION, '__praxisImport(')
    .replace(/\b__praxisBundle\b/g, 'import.meta.url');
  // On the first line, so that the numbers of the lines stay.
  return adapted.includes('__praxisImport(')
    ? `import { importModule as __praxisImport } from ${JSON.stringify(IMPORT_MODULE)}; ${adapted}`
    : adapted;
}

/** Plugin of esbuild for the sources of Praxis; it notes the state of each source before it reads it. */
const praxisSources = (entries, states) => ({
  name: 'praxis-sources',
  setup(pluginBuild) {
    // The import that a bundler can follow, as in a browser's bundle.
    pluginBuild.onResolve({ filter: /^#unit-class$/ }, () => ({ path: UNIT_CLASS }));
    pluginBuild.onResolve({ filter: /^rxjs$/ }, () => ({ path: rxjsModules(), sideEffects: false }));
    pluginBuild.onResolve({ filter: /^[^./#]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === 'resolving' || kind === 'entry-point' || path.startsWith('node:')) return undefined;
      if (path === IMPORT_MODULE) return { path, external: true };
      if (INLINED.has(packageOf(path)) || importer.split(sep).includes('node_modules')) return undefined;
      const found = await pluginBuild.resolve(path, { kind, resolveDir, pluginData: 'resolving' });
      if (path.startsWith('@praxis/')) return { ...found, sideEffects: false };
      // Named by file, since a package of the same name may lie nearer to the source than to the bundle.
      const isFile = found.errors.length === 0 && !found.external;
      return { path: isFile ? pathToFileURL(found.path).href : path, external: true, sideEffects: false };
    });
    pluginBuild.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: false,
    }));
    pluginBuild.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      states.set(path, stateOf(path));
      return { contents: adapt(path, readFileSync(path, 'utf8'), entries), loader: 'ts' };
    });
  },
});

/**
 * Bundles the sources and keeps the bundle.
 * @returns the folder of the bundle
 * @throws when a source does not compile or the bundle cannot be written
 */
export const makeBundle = () => writeBundle(bundleSources);

async function bundleSources() {
  const entries = namedModules();
  const states = new Map();
  const entryPoints = [...entries].map((source) => ({ in: source, out: outputName(source) }));
  const { outputFiles, metafile } = await build({
    entryPoints: [{ in: join(root, 'packages/cli/src/main.ts'), out: MAIN.replace(/\.js$/, '') }, ...entryPoints],
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
    plugins: [praxisSources(entries, states)],
  }).finally(stop);
  // The states of other files are read afterwards: nobody edits an installed package while the bundle is made.
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const workspaces = sourceFolders().map((folder) => join(dirname(folder), 'package.json'));
  const own = readdirSync(dirname(fileURLToPath(import.meta.url)), { withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const others = [
    ...used.map((path) => join(root, path)),
    ...RESOLUTION_FILES.map((path) => join(root, path)),
    ...workspaces,
    ...own.map(({ name }) => join(dirname(fileURLToPath(import.meta.url)), name)),
  ];
  for (const path of others) if (!states.has(path)) states.set(path, stateOf(path));
  return {
    files: outputFiles.map(({ path, contents }) => [relative(root, path), contents]),
    inputs: [...states].map(([path, state]) => [path, ...state]),
  };
}

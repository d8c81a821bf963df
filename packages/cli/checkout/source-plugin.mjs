// Plugin of esbuild that makes the sources of Praxis work in a bundle elsewhere.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stateOf } from './bundle-cache.mjs';
import { root } from './folders.mjs';

/**
 * Third-party packages that become part of the bundle: plain JavaScript that most commands load, as hundreds of files. A user's
 * module that imports one of them gets a copy of its own, which they allow.
 */
const INLINED = new Set(['@commander-js/extra-typings', 'commander', 'fast-xml-parser', 'mathjs', 'rxjs', 'zod']);

/** A module that a source names for a thread or a process: `moduleBeside('./worker', import.meta.url)`. */
const MODULE_BESIDE = /\bmoduleBeside\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g;
/** An import whose module is known only when it runs: the argument is no literal. */
const IMPORT_OF_EXPRESSION = /\bimport\(\s*(?:\/\*.*?\*\/\s*)?(?!['"`\s/])/g;

const IMPORT_MODULE = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), 'import-module.mjs')).href;
/** Core's import of mathjs by name, which a bundler can follow; in Node it imports a file of mathjs by its place. */
const UNIT_CLASS = join(root, 'packages/core/src/units/unit-class.ts');

/** The modules of rxjs, of which a bundle keeps those that it uses; its condition `node` names one file that cannot be divided. */
function rxjsModules() {
  const folder = join(root, 'node_modules', 'rxjs');
  return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports['.'].es2015);
}

const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** The sources that a source names by `moduleBeside`. */
export const modulesBeside = (source) =>
  [...readFileSync(source, 'utf8').matchAll(MODULE_BESIDE)].map(([, name]) => join(dirname(source), `${name}.ts`));

/**
 * Replaces the calls of `moduleBeside` in a source.
 * @param replacement returns an expression for the path of the source that a call names; undefined keeps the call
 */
export const replaceModulesBeside = (source, text, replacement) =>
  text.replace(MODULE_BESIDE, (call, name) => replacement(join(dirname(source), `${name}.ts`)) ?? call);

/** Name of an entry point in the bundle, which is one flat folder, without its extension. */
export const outputName = (source) => relative(root, source).replaceAll(sep, '-').replace(/\.ts$/, '');

/**
 * Adapts a source to the bundle. `import.meta.url` still names the source, by which files are found; a module beside it is the
 * bundled one; and a module that is known only at run time may be a user's.
 */
function adapt(source, text, entries) {
  const inBundle = (target) =>
    entries.has(target) ? `new URL("./${outputName(target)}.js", __praxisBundle)` : undefined;
  const adapted = replaceModulesBeside(source, text, inBundle)
    .replace(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(source).href))
    .replace(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(source)))
    .replace(/\bimport\.meta\.filename\b/g, JSON.stringify(source))
    .replace(IMPORT_OF_EXPRESSION, '__praxisImport(')
    .replace(/\b__praxisBundle\b/g, 'import.meta.url');
  return adapted.includes('__praxisImport(')
    ? `import { importModule as __praxisImport } from ${JSON.stringify(IMPORT_MODULE)}; ${adapted}`
    : adapted;
}

/**
 * Makes the plugin.
 * @param entries sources that are entry points of the bundle
 * @param states receives the state of each source, taken before it is read
 */
export const sourcePlugin = (entries, states) => ({
  name: 'praxis-sources',
  setup(build) {
    build.onResolve({ filter: /^#unit-class$/ }, () => ({ path: UNIT_CLASS }));
    build.onResolve({ filter: /^rxjs$/ }, () => ({ path: rxjsModules(), sideEffects: false }));
    build.onResolve({ filter: /^[^./#]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === 'resolving' || kind === 'entry-point' || path.startsWith('node:')) return undefined;
      if (path === IMPORT_MODULE) return { path, external: true };
      if (INLINED.has(packageOf(path)) || importer.split(sep).includes('node_modules')) return undefined;
      const { errors, external, path: file } = await build.resolve(path, { kind, resolveDir, pluginData: 'resolving' });
      if (path.startsWith('@praxis/') && file.endsWith('.ts')) return undefined;
      // Named by file, since a package of the same name may lie nearer to the source than to the bundle.
      const found = errors.length === 0 && !external;
      return { path: found ? pathToFileURL(file).href : path, external: true, sideEffects: false };
    });
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      states.set(path, stateOf(path));
      return { contents: adapt(path, readFileSync(path, 'utf8'), entries), loader: 'ts' };
    });
  },
});

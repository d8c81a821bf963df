/** The loader of a checkout. It has a name of its own, so that no bundler takes the file for an asset. */
const SOURCE_LOADER = '../../source-loader.mjs';

/**
 * Names a module beside another one, in the language in which that one runs: `worker.ts` in a checkout, `worker.js` in an
 * installed package.
 * @param name path of the module without its extension, relative to `from`
 * @param from `import.meta.url` of the module that names it
 *
 * @example
 * const module = moduleBeside('./worker', import.meta.url);
 * const worker = new Worker(module, { execArgv: execArgvOf(module) });
 */
export const moduleBeside = (name: `./${string}` | `../${string}`, from: string): URL =>
  new URL(`${name}${isTypeScript(from) ? '.ts' : '.js'}`, from);

/**
 * Flags of Node for a thread or a process that starts with a module: a TypeScript source needs the loader of the checkout, and
 * a built module needs nothing. A thread or process inherits no loader if it gets these flags as its `execArgv`.
 */
export const execArgvOf = (module: string | URL): string[] =>
  isTypeScript(String(module)) ? ['--import', new URL(SOURCE_LOADER, import.meta.url).href] : [];

const isTypeScript = (url: string): boolean => url.endsWith('.ts');

import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstLine, InputError, PraxisError } from '@praxis/core';
import { requireReadable } from './input-file.ts';

/** Extensions of modules that a user may name. */
const MODULE_FILE = /\.[cm]?[jt]s$/;

/** True for the path of a TypeScript or JavaScript file. */
export const isModulePath = (path: string): boolean => MODULE_FILE.test(path);

/**
 * Imports a user's module, in TypeScript or JavaScript, and returns its default export. TypeScript with `import` and `export` is
 * accepted in any folder, also in one without a `package.json` of type `module`.
 * @throws {InputError} that names the file when it is missing, does not compile, or fails while it runs
 */
export async function importDefault(path: string): Promise<unknown> {
  if (!existsSync(path)) throw new InputError(`${path}: not found, expected a module`);
  requireReadable(path);
  try {
    return (await importFile(path)).default;
  } catch (cause) {
    if (cause instanceof PraxisError) throw cause;
    throw new InputError(`${path}: cannot be imported, ${firstLine(cause)}`, { cause });
  }
}

/**
 * Imports a file in TypeScript or JavaScript, as {@link importDefault} does, and throws what it throws. A `tsconfig.json` has no effect.
 * The loader for TypeScript is registered only where Node needs it.
 */
export async function importFile(path: string): Promise<{ readonly default?: unknown }> {
  const url = pathToFileURL(resolve(path)).href;
  if (!hookRegistered) readTypeScriptAsModules();
  try {
    return await import(url);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    await registerTsx();
    readTypeScriptAsModules();
    // Node keeps the failure of the first attempt under the module's own URL.
    return await import(`${url}?types`);
  }
}

/**
 * Registers tsx without its cache: it would run what it finds in a folder of the temporary folder, whoever owns that folder. It
 * reads the variables when it is imported. A `tsconfig.json` above the working directory has no effect.
 */
async function registerTsx(): Promise<void> {
  process.env.TSX_DISABLE_CACHE = '1';
  const { TMPDIR } = process.env;
  process.env.TMPDIR = devNull;
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: false });
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
}

type LoadHook = (
  url: string,
  context: { readonly format?: string | null },
  next: (url: string, context: object) => object,
) => object;

/**
 * Loads a `.ts` file as an ES module where Node and tsx would take it for CommonJS, which is the type of a folder whose
 * `package.json` names none. Its text goes to another thread in Node 20, so it uses nothing from outside.
 */
const load: LoadHook = (url, context, next) => {
  if (!/\.ts(\?|$)/.test(url) || url.includes('/node_modules/')) return next(url, context);
  const { format } = context;
  if (format === 'commonjs') return next(url, { ...context, format: 'module' });
  return next(url, format === 'commonjs-typescript' ? { ...context, format: 'module-typescript' } : context);
};

interface Hooks {
  readonly registerHooks?: (hooks: { readonly load: LoadHook }) => void;
  readonly register: (specifier: string) => void;
}

let hookRegistered = false;

/**
 * Registers the hook {@link load}. The hook that is registered last is asked first, so it comes after the loader. The thread that
 * runs it in Node 20 is the one into which tsx is imported later: it gets the variables of {@link registerTsx} here.
 */
function readTypeScriptAsModules(): void {
  hookRegistered = true;
  const { registerHooks, register } = module as unknown as Hooks;
  if (registerHooks) registerHooks({ load });
  else {
    const env = `Object.assign(process.env, { TSX_DISABLE_CACHE: '1', TMPDIR: ${JSON.stringify(devNull)} });`;
    register(`data:text/javascript,${encodeURIComponent(`${env}\nexport const load = ${String(load)}`)}`);
  }
}

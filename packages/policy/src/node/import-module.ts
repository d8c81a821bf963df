import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstLine, InputError, PraxisError } from '@praxis/core';

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
  const url = pathToFileURL(resolve(path)).href;
  try {
    return await importWithTypes(url);
  } catch (cause) {
    if (cause instanceof PraxisError) throw cause;
    throw new InputError(`${path}: cannot be imported, ${firstLine(cause)}`, { cause });
  }
}

/** Imports a module; the loader for TypeScript is registered only where Node needs it. */
async function importWithTypes(url: string): Promise<unknown> {
  if (!hookRegistered) readTypeScriptAsModules();
  try {
    return ((await import(url)) as { default?: unknown }).default;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    const { register } = await import('tsx/esm/api');
    register();
    readTypeScriptAsModules();
    // Node keeps the failure of the first attempt under the module's own URL.
    return ((await import(`${url}?types`)) as { default?: unknown }).default;
  }
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

/** Registers the hook {@link load}. The hook that is registered last is asked first, so it comes after the loader. */
function readTypeScriptAsModules(): void {
  hookRegistered = true;
  const { registerHooks, register } = module as unknown as Hooks;
  if (registerHooks) registerHooks({ load });
  else register(`data:text/javascript,${encodeURIComponent(`export const load = ${String(load)}`)}`);
}

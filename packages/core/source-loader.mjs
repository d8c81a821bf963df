// Lets Node run the TypeScript sources of a checkout: tsx reads them, and the condition `praxis-source` in `exports` of the
// packages names them. Programs import this file or start with `node --import`; installed packages are built and do without it.
import * as module from 'node:module';
import { devNull } from 'node:os';

const resolve = (specifier, context, next) =>
  next(specifier, { ...context, conditions: [...context.conditions, 'praxis-source'] });

// tsx compiles into a folder of the temporary folder, whoever owns that folder, and runs what it finds there. It reads the variables
// when it is imported: here and, in Node 20, in the thread of hooks, which may run already. A `tsconfig.json` above the working
// directory could name other files for the imports of the sources.
process.env.TSX_DISABLE_CACHE = '1';
const { TMPDIR } = process.env;
process.env.TMPDIR = devNull;
if (!module.registerHooks)
  module.register(
    `data:text/javascript,Object.assign(process.env, { TSX_DISABLE_CACHE: '1', TMPDIR: ${JSON.stringify(devNull)} });`,
  );
const { register } = await import('tsx/esm/api');
register({ tsconfig: false });
if (TMPDIR === undefined) delete process.env.TMPDIR;
else process.env.TMPDIR = TMPDIR;
// The hook that is registered last resolves first. Node 20 runs hooks in a thread of their own only, which imports them.
if (module.registerHooks) module.registerHooks({ resolve });
else module.register(`data:text/javascript,export const resolve = ${encodeURIComponent(resolve)}`);

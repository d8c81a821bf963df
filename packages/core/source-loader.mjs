// Lets Node run the TypeScript sources of a checkout: tsx reads them, and the condition `praxis-source` in `exports` of the
// packages names them. Programs import this file or start with `node --import`; installed packages are built and do without it.
import * as module from 'node:module';
import { register } from 'tsx/esm/api';

const resolve = (specifier, context, next) =>
  next(specifier, { ...context, conditions: [...context.conditions, 'praxis-source'] });

register();
// The hook that is registered last resolves first. Node 20 runs hooks in a thread of their own only, which imports them.
if (module.registerHooks) module.registerHooks({ resolve });
else module.register(`data:text/javascript,export const resolve = ${encodeURIComponent(resolve)}`);

// A child process inherits no loader for TypeScript, so it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./process.ts');

// A thread inherits no loader for TypeScript in Node 20, so it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');

// Node 20 imports no TypeScript, and a child process does not inherit the loader of its parent.
import { register } from 'tsx/esm/api';

register();
await import('./policy-process.ts');

// Node 20 imports no TypeScript by itself, and a worker registers its own loader.
import { register } from 'tsx/esm/api';

register();
await import('./safety-thread.ts');

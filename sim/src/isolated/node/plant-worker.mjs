// Node 20 imports no TypeScript, and a worker does not inherit the loader of its parent.
import { register } from 'tsx/esm/api';

register();
await import('./plant-worker.ts');

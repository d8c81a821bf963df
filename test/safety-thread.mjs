// Node 20 does not import TypeScript, and a worker has to register its own loader.
import { register } from 'tsx/esm/api';

register();
await import('./safety-thread.ts');

// Whatever loader the parent has, this process registers its own: Node 20 imports no TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./policy-process.ts');

// Node 20 imports no TypeScript, so this thread or process registers a loader of its own and needs none from its parent.
import { register } from 'tsx/esm/api';

register();
await import('./adder-service.ts');

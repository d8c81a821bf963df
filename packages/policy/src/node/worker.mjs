// A worker thread does not inherit the loader that lets Node import TypeScript, so it registers it first.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');

export type { HeardStop, Recogniser, Recognition } from './recogniser.ts';
export type { StopSpotter } from './stop-spotter.ts';

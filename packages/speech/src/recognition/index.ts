export type { HeardStop, Recogniser, Recognition } from './recogniser.ts';
export type { SpottedWord, StopSpotter } from './stop-spotter.ts';

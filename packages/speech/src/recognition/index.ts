export type { HeardStop, Recogniser, Recognition } from './recogniser.ts';

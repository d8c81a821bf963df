export type { AttentionGate } from './attention-gate.ts';
export type { CommandGrammar, GrammarModule, GrammarSource } from './command-grammar.ts';
export type { HeardStop, Recogniser, Recognition } from './recogniser.ts';
export type { SpottedWord, StopSpotter } from './stop-spotter.ts';

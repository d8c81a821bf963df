export * from './dialogue/index.ts';
export * from './language/index.ts';

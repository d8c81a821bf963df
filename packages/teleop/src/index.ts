export * from './dialogue/index.ts';
export * from './language/index.ts';
export * from './motion/index.ts';

export * from './activity/index.ts';
export * from './audio/index.ts';
export * from './dialogue/index.ts';
export * from './evaluation/index.ts';
export * from './language/index.ts';
export * from './link/index.ts';
export * from './recognition/index.ts';
export * from './voice/index.ts';

export * from './filter/result.ts';

export type { LabelRows } from './ctc.ts';
export { WordFit } from './word-fit.ts';
export { WordNetwork } from './word-network.ts';

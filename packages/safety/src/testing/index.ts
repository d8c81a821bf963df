export { Adversary } from './adversary.ts';
export { ALL_STAGES } from './all-stages.ts';
export { ViolationCounter } from './violations.ts';

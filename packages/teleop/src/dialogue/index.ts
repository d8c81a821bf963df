export { answer } from './answers.ts';
export { type Address, Attention, AWAKE } from './attention.ts';
export { type DialogueState, VoiceDialogue } from './dialogue.ts';
export type { Effect, MotionGoal } from './goal.ts';
export { DEFAULT_LIMITS, type DialogueLimits } from './limits.ts';
export { preview } from './preview.ts';
export type { Snapshot } from './snapshot.ts';

export { loopSnapshot } from './loop-snapshot.ts';
export type { MotionPolicyOptions } from './motion-options.ts';
export { MotionPolicy } from './motion-policy.ts';
export { type GoalOutcome, type GoalResult, resultInWords } from './result.ts';
export { SwitchedPolicy } from './switched-policy.ts';
export { type GuardState, type PilotEvent, VoicePilot, type VoicePilotOptions } from './voice-pilot.ts';

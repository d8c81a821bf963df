export { loopSnapshot } from './loop-snapshot.ts';
export { MotionPolicy, type MotionPolicyOptions } from './motion-policy.ts';
export { type GoalOutcome, type GoalResult, resultInWords } from './result.ts';
export { SwitchedPolicy } from './switched-policy.ts';
export { type GuardState, type PilotEvent, VoicePilot, type VoicePilotOptions } from './voice-pilot.ts';

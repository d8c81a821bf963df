export { type BoundInput, bindInputs } from './bind.ts';
export { ContactWrench, type ToolLoad } from './contact-wrench.ts';
export { ControlLoop, type LoopState } from './control-loop.ts';
export { CONTACT_WRENCH, DerivedStreams, type DerivedStreamsOptions, EE_STATE } from './derived.ts';
export { EndEffectorState } from './end-effector-state.ts';
export type { LoopEvent, LoopStats } from './events.ts';
export type { InferenceTiming } from './inference.ts';
export type { ControlLoopOptions, Workspace } from './options.ts';
export type { StreamFaults } from './source.ts';

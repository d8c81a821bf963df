// Configuration: types, defaults, and checks of a configuration from outside.
export type { BaseSafety } from './config/base-safety.ts';
export {
  DEFAULT_FILTER,
  DEFAULT_FORCE,
  DEFAULT_SAFETY,
  DEFAULT_STOPS,
  DEFAULT_WATCHDOG,
} from './config/defaults.ts';
export { type BaseSources, deriveBaseSafety } from './config/derive-base-safety.ts';
export { deriveSafety, type SafetySources } from './config/derive-safety.ts';
export { derivedFigures } from './config/derived-figures.ts';
export type * from './config/filter-config.ts';
export { REACTIONS, STOP_MODES, STOPS } from './config/filter-config.ts';
export type * from './config/force-config.ts';
export { parseFilterConfig } from './config/parse-filter.ts';
export { parseSafetyConfig } from './config/parse-safety.ts';
export type * from './config/safety-config.ts';
export { type SafetyNotesOptions, safetyNotes } from './config/safety-notes.ts';
// The filter: passes, clamps or rejects every command, and brakes.
export { CommandFilter, type CommandFilterOptions } from './filter/command-filter.ts';
export { FILTER_STAGES, type FilterStage } from './filter/filter-stages.ts';
export { capsuleAround } from './filter/geometry/capsule-around.ts';
export { type DistanceSource, deriveDistance } from './filter/geometry/derive-distance.ts';
export {
  contactSpeedLimit,
  exposedSpeed,
  quasiStaticLimit,
  transientLimit,
} from './filter/limits/contact-speed.ts';
export { type JointLimits, jointLimits } from './filter/limits/joint-limits.ts';
export type { StoppingEstimate } from './filter/stop/stopping-forecast.ts';
export type { FilterResult, Verdict } from './filter/verdict.ts';
// Isolation: a supervisor in another thread than the control loop.
export { GroupsHost } from './isolation/groups-host.ts';
export {
  QUEUE_STATES,
  type SharedCommand,
  type SharedSafety,
  type SupervisorRequest,
  shareSafety,
} from './isolation/memory-layout.ts';
export { SampleReader, SampleWriter, sampleBytes } from './isolation/sample-mailbox.ts';
export { SharedRobot, type SupervisorStatus } from './isolation/shared-robot.ts';
export { SupervisorHost } from './isolation/supervisor-host.ts';
// The supervisor: states, monitors, contact, stops, and a robot behind a supervisor.
export type { Expectation } from './supervisor/contact/force-monitor.ts';
export { MomentumObserver } from './supervisor/contact/momentum-observer.ts';
export { LinkedSupervisors } from './supervisor/linked-supervisors.ts';
export type { CommandCounts } from './supervisor/monitors/command-inbox.ts';
export type { BeatSource } from './supervisor/monitors/loop-watchdog.ts';
export type { QueueState } from './supervisor/monitors/queue-monitor.ts';
export type { SampleCounts } from './supervisor/monitors/stream-monitor.ts';
export { letsCommandsThrough, type OperatorRequest } from './supervisor/operator-request.ts';
export type { RequestResult, SupervisorOptions, SupervisorOutput, SupervisorView } from './supervisor/options.ts';
export type { SafetyCause, SafetyData, SafetyEvent } from './supervisor/states/state-machine.ts';
export {
  isStop,
  nextState,
  SAFETY_STATES,
  type SafetyInput,
  type SafetyState,
  stopCauseAfter,
} from './supervisor/states/state-machine.ts';
export { SupervisedBase } from './supervisor/supervised-base.ts';
export { type SupervisedArmGroup, type SupervisedBaseGroup, SupervisedGroups } from './supervisor/supervised-groups.ts';
export { SupervisedRobot, type SupervisedRobotOptions } from './supervisor/supervised-robot.ts';
export { Supervisor } from './supervisor/supervisor.ts';

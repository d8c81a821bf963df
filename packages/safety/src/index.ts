// Configuration: types, defaults, and checks of a configuration from outside.
export {
  DEFAULT_FILTER,
  DEFAULT_FORCE,
  DEFAULT_SAFETY,
  DEFAULT_STOPS,
  DEFAULT_WATCHDOG,
} from './config/defaults.ts';
export type * from './config/filter-config.ts';
export { REACTIONS, STOP_MODES, STOPS } from './config/filter-config.ts';
export type * from './config/force-config.ts';
export { parseFilterConfig } from './config/parse-filter.ts';
export { parseSafetyConfig } from './config/parse-safety.ts';
export type * from './config/safety-config.ts';
// The filter: passes, clamps or rejects every command, and brakes.
export { CommandFilter, type CommandFilterOptions } from './filter/command-filter.ts';
export { FILTER_STAGES, type FilterStage } from './filter/filter-stages.ts';
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
export { type SharedSafety, type SupervisorRequest, shareSafety } from './isolation/memory-layout.ts';
export { SharedRobot, type SupervisorStatus } from './isolation/shared-robot.ts';
export { SupervisorHost } from './isolation/supervisor-host.ts';
// The supervisor: states, monitors, contact, stops, and a robot behind a supervisor.
export type { Expectation } from './supervisor/contact/force-monitor.ts';
export { MomentumObserver } from './supervisor/contact/momentum-observer.ts';
export type { CommandCounts } from './supervisor/monitors/command-inbox.ts';
export type { BeatSource } from './supervisor/monitors/loop-watchdog.ts';
export type { SampleCounts } from './supervisor/monitors/stream-monitor.ts';
export type { RequestResult, SupervisorOptions, SupervisorOutput } from './supervisor/options.ts';
export type { SafetyCause, SafetyData, SafetyEvent } from './supervisor/states/state-machine.ts';
export {
  isStop,
  nextState,
  SAFETY_STATES,
  type SafetyInput,
  type SafetyState,
} from './supervisor/states/state-machine.ts';
export { type OperatorRequest, SupervisedRobot, type SupervisedRobotOptions } from './supervisor/supervised-robot.ts';
export { Supervisor } from './supervisor/supervisor.ts';

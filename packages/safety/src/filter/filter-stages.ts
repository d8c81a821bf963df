/**
 * Stages of the filter, in the order in which `CommandFilter.filter` checks a command. One stage covers workspace and
 * distance together, and the gripper's limits come last; a change by them is reported as stage `joints`.
 */
export const FILTER_STAGES = [
  'shape',
  'age',
  'jump',
  'joints',
  'cartesian',
  'workspace',
  'distance',
  'singularity',
  'contact',
] as const;
/** Name of a stage of the filter. */
export type FilterStage = (typeof FILTER_STAGES)[number];

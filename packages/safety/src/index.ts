export { type ContactLimits, exposedSpeed } from './config/contact-limits.ts';
export { DEFAULT_FILTER } from './config/default-filter.ts';
export type * from './config/filter-config.ts';
export { CommandFilter, type CommandFilterOptions } from './filter/command-filter.ts';
export * from './filter/result.ts';
export { type JointLimits, jointLimits } from './limits/joint-limits.ts';

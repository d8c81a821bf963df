import { DEFAULT_FILTER } from './default-filter.ts';
import type { FilterConfig } from './filter-config.ts';
import { DEFAULT_FORCE, type ForceConfig } from './force-config.ts';
import { DEFAULT_STOPS, DEFAULT_WATCHDOG, type StopsConfig, type WatchdogConfig } from './supervision.ts';

/** Everything that a supervisor is told. Plain data that JSON can hold; SI units. */
export interface SafetyConfig {
  readonly filter: FilterConfig;
  readonly watchdog: WatchdogConfig;
  readonly stops: StopsConfig;
  /** Null: contact is not watched, as for a robot without a wrist sensor. */
  readonly force: ForceConfig | null;
}

/** For the Praxis arm, whose sensors and rates the figures are made for. */
export const DEFAULT_SAFETY: SafetyConfig = {
  filter: DEFAULT_FILTER,
  watchdog: DEFAULT_WATCHDOG,
  stops: DEFAULT_STOPS,
  force: DEFAULT_FORCE,
};

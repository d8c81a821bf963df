export { interpolateSignal } from './interpolate-signal.ts';
export { latestWins } from './latest-wins.ts';
export {
  holdPrevious,
  type Interpolation,
  interpolateLinear,
  lerp,
  type ResampleOptions,
  resample,
} from './resample.ts';
export {
  CLOCK_JUMP_S,
  countSample,
  type IgnoredVerdict,
  type InOrderOptions,
  inOrder,
  missingBetween,
  newCounters,
  SampleOrder,
  type SampleOrderOptions,
  type SampleVerdict,
  type StreamCounters,
} from './sample-order.ts';
export { SampleWindow } from './sample-window.ts';
export { deadline, type Freshness, isDue, isStale, Staleness } from './staleness.ts';
export { approximateTimeSync, type TimeSet, TimeSync, type TimeSyncOptions } from './time-sync.ts';

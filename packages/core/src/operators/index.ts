export { approximateTimeSync, type TimeSet, type TimeSyncOptions } from './approximate-time-sync.ts';
export { inOrder, type MonitorOptions, monitor, newCounters, type StreamCounters } from './counters.ts';
export { deadline, type Freshness } from './deadline.ts';
export { latestWins } from './latest-wins.ts';
export { type Between, hold, linear, type ResampleOptions, resample } from './resample.ts';
export { windowByCount, windowByTime } from './window.ts';

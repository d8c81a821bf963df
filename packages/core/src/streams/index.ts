export { latestWins } from './latest-wins.ts';
export { type Between, hold, linear, type ResampleOptions, resample } from './resample.ts';
export { inOrder, type MonitorOptions, monitor, newCounters, type StreamCounters } from './sample-order.ts';
export { deadline, type Freshness } from './staleness.ts';
export { approximateTimeSync, type TimeSet, type TimeSyncOptions } from './time-sync.ts';
export { windowByCount, windowByTime } from './window.ts';

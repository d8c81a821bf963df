export { DEFAULT_THRESHOLDS, type StopGraphs, StopNetwork, type StopThresholds } from './stop-network.ts';

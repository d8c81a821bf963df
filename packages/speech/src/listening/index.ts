export type { HeardUtterance, Level, ListenerCounters, ListenerState, SpottedStop } from './heard.ts';
export { Listener, type ListenerParts } from './listener.ts';

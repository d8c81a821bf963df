import type { Header } from '../messages/messages.ts';
import { nanosecondsOfTime, timeOf } from '../values/time.ts';

/** A time (s) in whole nanoseconds, as MCAP has it: 0 for one that is not finite, before the epoch, or too large. */
export function nanosecondsOf(seconds: number): bigint {
  if (!(seconds >= 0 && seconds < 2 ** 31 - 1)) return 0n;
  return nanosecondsOfTime(timeOf(seconds));
}

/** The header of a sample; a stamp that no message holds, as of a faulty sensor, is 0 there. */
export const headerOf = (stamp: number, frame: string): Header => ({
  stamp: Math.abs(stamp) < 2 ** 31 - 1 ? timeOf(stamp) : { sec: 0, nanosec: 0 },
  frame_id: frame,
});

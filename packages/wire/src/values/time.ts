import { InputError } from '@praxis/core';
import type { Time } from '../messages/messages.ts';

const MAX_TIME_S = 2 ** 31 - 1;

/** Seconds since the clock's epoch; in our century a float64 tells times a quarter of a microsecond apart. */
export const secondsOf = ({ sec, nanosec }: Time): number => sec + nanosec * 1e-9;

/** Seconds since the clock's epoch as a message has them, to the nearest nanosecond. @throws {InputError} for seconds that ROS 2 has no number for: below -2^31, from 2^31 on, not finite. */
export function timeOf(seconds: number): Time {
  if (!(seconds >= -MAX_TIME_S - 1 && seconds < MAX_TIME_S)) {
    throw new InputError(`time of ${seconds} s: expected seconds that fit into 32 bits`);
  }
  const sec = Math.floor(seconds);
  const nanosec = Math.round((seconds - sec) * 1e9);
  return nanosec === 1e9 ? { sec: sec + 1, nanosec: 0 } : { sec, nanosec };
}

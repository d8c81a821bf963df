import { InputError } from '@praxis/core';
import type { Time } from '../messages/messages.ts';

const MAX_TIME_S = 2 ** 31 - 1;

/**
 * Converts a message time to seconds since the clock's epoch. A float64 of present wall-clock times has a resolution of
 * a quarter of a microsecond.
 */
export const secondsOf = ({ sec, nanosec }: Time): number => sec + nanosec * 1e-9;

/**
 * Converts seconds since the clock's epoch to a message time, rounded to the nearest nanosecond.
 * @throws {InputError} when the seconds are not finite or outside -2^31 .. 2^31 - 1.
 */
export function timeOf(seconds: number): Time {
  if (!(seconds >= -MAX_TIME_S - 1 && seconds < MAX_TIME_S)) {
    throw new InputError(`time of ${seconds} s: expected seconds that fit into 32 bits`);
  }
  const sec = Math.floor(seconds);
  const nanosec = Math.round((seconds - sec) * 1e9);
  return nanosec === 1e9 ? { sec: sec + 1, nanosec: 0 } : { sec, nanosec };
}

const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** Whole nanoseconds since the clock's epoch, as MCAP has them, of a message time that is not negative. */
export const nanosecondsOfTime = ({ sec, nanosec }: Time): bigint =>
  BigInt(sec) * NANOSECONDS_PER_SECOND + BigInt(nanosec);

/** The message time of whole nanoseconds since the clock's epoch. */
export const timeOfNanoseconds = (nanoseconds: bigint): Time => ({
  sec: Number(nanoseconds / NANOSECONDS_PER_SECOND),
  nanosec: Number(nanoseconds % NANOSECONDS_PER_SECOND),
});

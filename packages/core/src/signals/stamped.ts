/** Tolerance for the comparison of times (s), which are sums of rounded steps. A limit is exceeded only beyond it. */
export const TIME_TOLERANCE_S = 1e-9;

/** A sample with its two times, in seconds on the robot's clock. */
export interface Stamped<T> {
  readonly value: T;
  /** Time of validity (s): the sensor's time stamp. */
  readonly stamp: number;
  /** Time of receipt (s). `received - stamp` is the delay of sensor and transport. */
  readonly received: number;
}

/** Returns a sample with the same times and another value. */
export const restamped = <T, U>(sample: Stamped<T>, value: U): Stamped<U> => ({
  value,
  stamp: sample.stamp,
  received: sample.received,
});

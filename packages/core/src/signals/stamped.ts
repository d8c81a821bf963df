/** Times are sums of rounded steps: two times count as equal within this (s), and a limit is passed only beyond it. */
export const TIME_TOLERANCE_S = 1e-9;

/** A sample with the two times that matter to a control loop, both in seconds on the clock that the robot names. */
export interface Stamped<T> {
  readonly value: T;
  /** When the world was so (s): the sensor's own time stamp. */
  readonly stamp: number;
  /** When the sample reached us (s). `received - stamp` is the sensor's and transport's delay. */
  readonly received: number;
}

/** Same times, another value. */
export const restamped = <T, U>(sample: Stamped<T>, value: U): Stamped<U> => ({
  value,
  stamp: sample.stamp,
  received: sample.received,
});

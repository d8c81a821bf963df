/** Where all time in the loop comes from. Seconds as float64; the epoch is the clock's own. */
export interface Clock {
  readonly name: 'system' | 'ros' | 'simulated' | 'replayed';
  now(): number;
}

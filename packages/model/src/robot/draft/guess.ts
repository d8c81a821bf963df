/** A value of a drafted robot.yaml that was not in the description. */
export interface Guess {
  /** Place in robot.yaml, as in `arms.arm.tool`. */
  readonly key: string;
  /** The value as text. */
  readonly value: string;
  /** Why this one. */
  readonly reason: string;
}

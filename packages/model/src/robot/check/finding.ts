/** Something of a robot's folder that is missing or implausible. */
export interface Finding {
  /** `fault`: the robot cannot be run, or would do something else than the folder says. `warning`: it can, look at it. */
  readonly severity: 'fault' | 'warning';
  /** What is meant, as in `arms.arm.home` or `link "tip"`. */
  readonly subject: string;
  /** What is wrong with it, and what was expected, in one line. */
  readonly message: string;
}

export const fault = (subject: string, message: string): Finding => ({ severity: 'fault', subject, message });
export const warning = (subject: string, message: string): Finding => ({ severity: 'warning', subject, message });

/** A number with at most three significant digits. */
export const shown = (value: number): string => `${Number(value.toPrecision(3))}`;

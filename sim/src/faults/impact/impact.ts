/** A thing that strikes the hand. SI units. */
export interface Impact {
  /** Stiffness (N/m) and damping (N s/m) of what touches: a pad, flesh. */
  readonly stiffness: number;
  readonly damping: number;
  /** kg that touch, in front of the spring, and kg that carry them. */
  readonly tipMass: number;
  readonly bodyMass: number;
  /** How fast it comes (m/s), and the most that it pushes with (N). */
  readonly speed: number;
  readonly maxForce: number;
  /** For so long it comes on after it touched (s), until whoever moves it feels that; then so long until it stands (s). */
  readonly reactionTime: number;
  readonly stopTime: number;
  /** Of the ball that touches (m). */
  readonly radius: number;
}

/**
 * A cart with a padded bumper that somebody pushes into the workspace at a fifth of walking pace, against the way of the
 * hand. Foam of 1.5 N/mm; whoever pushes, with up to 150 N, feels the contact after 0.25 s, as people do, and has the cart at a
 * stand 0.15 s later. Unguarded the arm goes on with its task against it.
 */
export const PADDED_CART: Impact = {
  stiffness: 1500,
  damping: 15,
  tipMass: 0.15,
  bodyMass: 8,
  speed: 0.25,
  maxForce: 150,
  reactionTime: 0.25,
  stopTime: 0.15,
  radius: 0.03,
};

/**
 * A forearm that comes against the hand: stiffness of 40 N/mm and effective mass of 2 kg (lower arm, ISO/TS 15066:2016,
 * table A.3), at 0.1 m/s and with up to 100 N. So hard a contact has its first peak before anything can react.
 */
export const FOREARM: Impact = {
  stiffness: 40_000,
  damping: 200,
  tipMass: 0.15,
  bodyMass: 1.85,
  speed: 0.1,
  maxForce: 100,
  reactionTime: 0.25,
  stopTime: 0.15,
  radius: 0.03,
};

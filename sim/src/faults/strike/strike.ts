/** A thing that strikes the hand. SI units. */
export interface Strike {
  /** Stiffness (N/m) and damping (N s/m) of what touches: a pad, flesh. */
  readonly stiffness: number;
  readonly damping: number;
  /** kg that touch, in front of the spring, and kg that carry them. */
  readonly tip: number;
  readonly body: number;
  /** How fast it comes (m/s), and the most that it pushes with (N). */
  readonly speed: number;
  readonly push: number;
  /** How far it still comes after it touched (m), before it stands. */
  readonly travel: number;
  /** Of the ball that touches (m). */
  readonly radius: number;
}

/**
 * A cart with a padded bumper that somebody pushes into the workspace at half of walking pace, against the way of the hand:
 * foam of 1.5 N/mm, and whoever pushes feels the contact and stands still after 0.25 s, the reaction time of a person.
 * It pushes with up to 150 N.
 */
export const PADDED_CART: Strike = {
  stiffness: 1500,
  damping: 15,
  tip: 0.15,
  body: 8,
  speed: 0.25,
  push: 150,
  travel: 0.0625,
  radius: 0.03,
};

/**
 * A forearm in the way: stiffness of 40 N/mm and effective mass of 2 kg (lower arm in ISO/TS 15066:2016, table A.3), held
 * against the hand at 0.1 m/s with up to 100 N. So hard a contact has its first peak before anything can react.
 */
export const FOREARM: Strike = {
  stiffness: 40_000,
  damping: 200,
  tip: 0.15,
  body: 1.85,
  speed: 0.1,
  push: 100,
  travel: 0.025,
  radius: 0.03,
};

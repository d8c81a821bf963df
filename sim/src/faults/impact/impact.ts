/** A driven body with a compliant tip that strikes the hand. */
export interface Impact {
  /** Stiffness of the tip's spring (N/m). */
  readonly stiffness: number;
  /** Damping of the tip's spring (N s/m). */
  readonly damping: number;
  /** Mass of the tip in front of the spring (kg). */
  readonly tipMass: number;
  /** Mass of the body behind the spring (kg). */
  readonly bodyMass: number;
  /** Approach speed (m/s). */
  readonly speed: number;
  /** Largest force of the drive (N). */
  readonly maxForce: number;
  /** Time from the first contact until the drive begins to slow down (s). */
  readonly reactionTime: number;
  /** Time from then until the drive stands still (s). */
  readonly stopTime: number;
  /** Radius of the spherical tip (m). */
  readonly radius: number;
}

/**
 * A cart with a padded bumper (foam of 1.5 N/mm) that a person pushes against the motion of the hand at a fifth of walking
 * speed. The person pushes with up to 150 N, reacts 0.25 s after the contact, which is a human reaction time, and stops the
 * cart within 0.15 s. Without a supervisor the arm continues its task against the cart.
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
 * A forearm that moves against the hand at 0.1 m/s with up to 100 N: stiffness of 40 N/mm and effective mass of 2 kg
 * (lower arm, ISO/TS 15066:2016, table A.3). Such a hard contact has its first peak before a supervisor can react.
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

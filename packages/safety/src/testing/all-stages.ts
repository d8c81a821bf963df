import type { FilterConfig } from '../config/filter-config.ts';

/**
 * A configuration with every stage on: a table with a shelf, a post and a person's hand. The figures of the body region
 * are invented for tests; they come from no risk assessment.
 */
export const ALL_STAGES: FilterConfig = {
  limits: { acceleration: 20, jerk: 4000, margin: 0.01 },
  age: { maximum: 0.05, future: 0.005 },
  jump: { position: 0.5 },
  joints: { clamp: 'along_path' },
  gripper: { minimum: 0, maximum: 0.08, speed: 0.2 },
  cartesian: { speed: 1 },
  workspace: {
    points: [{ link: 'tool0' }, { link: 'link4' }],
    inside: [{ name: 'cell', minimum: [-0.7, -0.7, 0.03], maximum: [0.8, 0.7, 1.3] }],
    outside: [{ name: 'bin', minimum: [0.4, -0.6, 0], maximum: [0.7, -0.3, 0.25] }],
  },
  distance: {
    margin: 0.02,
    self: 'links',
    // The forearm's capsules are wider than the forearm, and always near the flange.
    ignorePairs: [['link5', 'link7']],
    ignoreLinks: ['left_finger', 'right_finger'],
    obstacles: {
      boxes: [{ name: 'shelf', minimum: [0.3, 0.35, 0.2], maximum: [0.7, 0.6, 0.6] }],
      planes: [{ name: 'table', normal: [0, 0, 1], offset: 0 }],
      capsules: [{ name: 'post', from: [-0.4, 0.4, 0], to: [-0.4, 0.4, 1], radius: 0.05 }],
    },
  },
  singularity: { slowBelow: 0.08, slowestAt: 0.02, leastShare: 0.1 },
  contact: {
    regions: {
      example: {
        quasiStaticForce: 200,
        quasiStaticPressure: 300,
        transientFactor: 2,
        effectiveMass: 1,
        springConstant: 80_000,
      },
    },
    exposed: ['example'],
    movingMass: 20,
    payload: 1.5,
    contactArea: 1,
  },
  stop: {
    hold: { deceleration: 0.5, jerk: 0.5 },
    protective: { deceleration: 0.8, jerk: 1 },
    emergency: { deceleration: 1, jerk: 1 },
  },
};

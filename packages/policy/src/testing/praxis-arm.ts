import type { TrainedRobot } from '@praxis/core';

/** The Praxis arm, as the manifest of a policy that was trained with it names it. */
export const PRAXIS_ARM: TrainedRobot = {
  name: 'praxis_arm',
  joints: ['joint1', 'joint2', 'joint3', 'joint4', 'joint5', 'joint6', 'joint7'],
  lower: [-2.8973, -1.7628, -2.8973, -3.0718, -2.8973, -0.0175, -2.8973],
  upper: [2.8973, 1.7628, 2.8973, -0.0698, 2.8973, 3.7525, 2.8973],
  maxVelocity: [2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61],
  gripperRange: [0, 0.08],
  configuration: [-1.44865, 0.2080104, -0.7648872, -1.039446, -0.0811244, 1.09465, 0.6026384],
  toolPose: [-0.291784515, -0.430033562, 0.605304783, 0.510954603, -0.851480838, -0.117876995, -0.00328480134],
};

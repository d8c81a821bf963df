import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kinematics } from '@praxis/core';
import { chainKinematics, parseUrdf, type RobotModel } from '@praxis/model';

/** An arm of a test. */
export interface TestArm {
  readonly model: RobotModel;
  readonly kinematics: Kinematics;
  readonly names: readonly string[];
  /** Joint positions with the elbow up and the tool down in front of the base (rad). */
  readonly home: Float64Array;
}

function readArm(urdf: string, home: readonly number[]): TestArm {
  const model = parseUrdf(readFileSync(join(import.meta.dirname, '../../../..', urdf), 'utf8'));
  const kinematics = chainKinematics(model, 'base_link', 'tool0');
  return { model, kinematics, names: kinematics.jointNames, home: Float64Array.from(home) };
}

/** The Praxis arm, and one with five joints and neither force sensor nor redundancy. */
export const ARMS = {
  praxis_arm: readArm('urdf/praxis_arm.urdf', [0, -0.35, 0, -2.4, 0, 2.05, 0.785]),
  arm5: readArm('robots/arm5/arm5.urdf', [0, 0.2, 1.55, 1.39, 0]),
};

export const { model, kinematics, names, home: HOME } = ARMS.praxis_arm;
export const PERIOD = 0.002;

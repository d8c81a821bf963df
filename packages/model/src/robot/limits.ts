import type { JointLimit, RobotModel } from '../description/robot-model.ts';
import type { RobotDefinition } from './definition.ts';

const UNBOUNDED: JointLimit = { lower: -Infinity, upper: Infinity, effort: Infinity, velocity: Infinity };

/** A model with the limits that `robot.yaml` states in place of those of the description. Names of other joints are passed over. */
export const withLimits = (model: RobotModel, limits: RobotDefinition['limits']): RobotModel => ({
  ...model,
  joints: model.joints.map((joint) =>
    Object.hasOwn(limits, joint.name) && joint.type !== 'fixed'
      ? { ...joint, limit: { ...UNBOUNDED, ...joint.limit, ...definedOf(limits[joint.name]) } }
      : joint,
  ),
});

const definedOf = (limit: Partial<JointLimit>): Partial<JointLimit> =>
  Object.fromEntries(Object.entries(limit).filter(([, value]) => value !== undefined));

import { NO_ARM, type SignalSpec } from '@praxis/core';
import { type SafetyConfig, type SupervisedArmGroup, type SupervisedBaseGroup, Supervisor } from '@praxis/safety';
import type { ArmSetup } from '../robot/arm-setup.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { safetyOf, streamsOfArm } from './config.ts';

/**
 * The supervisor of a robot's only arm.
 * @param streams streams of the robot that it watches
 * @param period time between two ticks (s)
 * @param config Default: the configuration of the robot's definition, over the derived one
 * @throws {InputError} for a configuration that does not fit the arm
 */
export function armSupervisor(
  setup: RobotSetup,
  streams: readonly SignalSpec[],
  period: number,
  config: SafetyConfig = safetyOf(setup),
): Supervisor {
  const { model, kinematics, tool, gripper } = setup;
  const fingerJoints = gripper?.streamNames ?? [];
  return new Supervisor({ names: setup.joints, streams, model, kinematics, tool, config, period, fingerJoints });
}

/** The supervisor of one of several arms. */
export const groupArmSupervisor = (
  setup: RobotSetup,
  arm: ArmSetup,
  config: SafetyConfig,
  period: number,
): Supervisor =>
  new Supervisor({
    ...{ names: arm.joints, streams: streamsOfArm(setup, arm), model: setup.model, kinematics: arm.kinematics },
    ...{ tool: arm.tool, config, period, fingerJoints: arm.gripper?.streamNames ?? [] },
  });

/** The driven bases of a robot, with a supervisor each. @param configs configurations by command group */
export function supervisedBases(
  { bases, model, spec }: RobotSetup,
  configs: ReadonlyMap<string, SafetyConfig>,
  period: number,
): Readonly<Record<string, SupervisedBaseGroup>> {
  const base = { names: [], streams: spec.streams, model, kinematics: NO_ARM, period, fingerJoints: [] };
  return Object.fromEntries(
    bases.map(({ name, limits }) => {
      return [name, { ...limits, supervisor: new Supervisor({ ...base, config: configs.get(name)! }) }];
    }),
  );
}

/** The arms of a robot with several command groups, with a supervisor each and without brakes. */
export function supervisedArms(
  setup: RobotSetup,
  configs: ReadonlyMap<string, SafetyConfig>,
  period: number,
): Readonly<Record<string, SupervisedArmGroup>> {
  return Object.fromEntries(
    setup.arms.map((arm) => {
      return [arm.name, { supervisor: groupArmSupervisor(setup, arm, configs.get(arm.name)!, period) }];
    }),
  );
}

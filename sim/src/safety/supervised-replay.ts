import type { ControlLoop, Robot } from '@praxis/core';
import {
  type OperatorRequest,
  type RequestResult,
  type SafetyConfig,
  SupervisedGroups,
  SupervisedRobot,
  type SupervisorView,
} from '@praxis/safety';
import { hasOneArm, type RobotSetup } from '../robot/setup.ts';
import { groupSafety } from './config.ts';
import { armSupervisor, supervisedArms, supervisedBases } from './make-supervisors.ts';

/** A robot behind the supervisors of a simulated one, without physics and brakes: its streams come from a recording. */
export interface ReplaySupervision {
  /** The robot that the loop is bound to. */
  readonly robot: Robot;
  readonly supervisor: SupervisorView;
  /** Passes a person's request on. */
  request(request: OperatorRequest): RequestResult;
  /** Runs one period after the loop, in the order of an episode. @param beat true when a heartbeat of the policy is due */
  tick(loop: Pick<ControlLoop, 'queue'>, ticked: boolean, beat: boolean): void;
}

/**
 * Puts a robot behind the supervisors that an episode has.
 * @param period time between two ticks (s)
 * @param config configuration of an only arm. Default: that of the robot's definition, over the derived one
 * @throws {InputError} for a configuration that does not fit the robot
 */
export function superviseReplay(
  robot: Robot,
  setup: RobotSetup,
  period: number,
  config?: SafetyConfig,
): ReplaySupervision {
  return hasOneArm(setup) ? superviseArm(robot, setup, period, config) : superviseGroups(robot, setup, period);
}

function superviseArm(robot: Robot, setup: RobotSetup, period: number, config?: SafetyConfig): ReplaySupervision {
  const supervisor = armSupervisor(setup, robot.spec.streams, period, config);
  const supervised = new SupervisedRobot(robot, supervisor);
  let started = false;
  return {
    robot: supervised,
    supervisor,
    request: (request) => supervised.request(request),
    tick({ queue }, ticked, beat) {
      const now = robot.clock.now();
      if (ticked) {
        supervisor.beat('loop', now);
        supervisor.reportQueue(queue, now);
      }
      if (beat) supervisor.beat('policy', now);
      supervised.tick();
      if (!started && supervisor.state === 'ready') started = supervisor.start(now).ok;
    },
  };
}

function superviseGroups(robot: Robot, setup: RobotSetup, period: number): ReplaySupervision {
  const configs = groupSafety(setup);
  const arms = supervisedArms(setup, configs, period);
  const supervised = new SupervisedGroups(robot, arms, supervisedBases(setup, configs, period));
  let started = false;
  return {
    robot: supervised,
    supervisor: supervised.supervisor,
    request: (request) => supervised.request(request),
    tick({ queue }, ticked, beat) {
      if (ticked) {
        supervised.beat('loop');
        supervised.reportQueue(queue);
      }
      if (beat) supervised.beat('policy');
      supervised.tick();
      if (!started && supervised.supervisor.state === 'ready') started = supervised.startGroups().ok;
    },
  };
}

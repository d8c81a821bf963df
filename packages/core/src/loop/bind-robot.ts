import { BindError } from '../errors/errors.ts';
import { poseDistance } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { PolicySpec } from '../ports/policy.ts';
import type { TrainedRobot } from '../ports/trained-robot.ts';
import type { RobotSpec } from '../signals/specs.ts';

/** Largest difference of two joint limits that count as equal (rad, m). */
const LIMIT_TOLERANCE = 0.01;
/** Largest relative difference of two speeds that count as equal. */
const SPEED_TOLERANCE_RATIO = 0.01;
/** Largest difference of two gripper widths that count as equal (m). */
const WIDTH_TOLERANCE_M = 0.001;
/** Largest distance of the tools of one robot (m): calibration moves a tool by a few millimetres. */
const TOOL_DISTANCE_M = 0.01;
/** Largest angle between the tools of one robot (rad). */
const TOOL_ANGLE_RAD = 0.03;

const figure = (value: number): string => String(Number(value.toPrecision(4)));
const rangeOf = (range: ArrayLike<number>): string => `${figure(range[0])}..${figure(range[1])}`;

/** Equal within a tolerance; an infinite limit equals itself alone. */
const near = (a: number, b: number, tolerance: number): boolean => a === b || Math.abs(a - b) <= tolerance;

function* limitDifferences(trained: TrainedRobot, { lower, upper, maxVelocity }: Kinematics): Generator<string> {
  for (const [i, joint] of trained.joints.entries()) {
    if (!near(trained.lower[i], lower[i], LIMIT_TOLERANCE) || !near(trained.upper[i], upper[i], LIMIT_TOLERANCE)) {
      const wanted = rangeOf([trained.lower[i], trained.upper[i]]);
      yield `${joint} moves in ${rangeOf([lower[i], upper[i]])}, trained with ${wanted}`;
    }
    const speed = trained.maxVelocity[i];
    if (!near(speed, maxVelocity[i], SPEED_TOLERANCE_RATIO * speed)) {
      yield `${joint} has a speed of at most ${figure(maxVelocity[i])}, trained with ${figure(speed)}`;
    }
  }
}

function* toolDifferences(trained: TrainedRobot, kinematics: Kinematics): Generator<string> {
  const pose = new Float64Array(7);
  kinematics.forward(Float64Array.from(trained.configuration), pose);
  const { metres, radians } = poseDistance(trained.toolPose, pose);
  if (!(metres <= TOOL_DISTANCE_M)) yield `the tool is ${figure(metres)} m from where it was in training`;
  if (!(radians <= TOOL_ANGLE_RAD)) yield `the tool is turned by ${figure(radians)} rad`;
}

function* differencesOf(trained: TrainedRobot, robot: RobotSpec, kinematics: Kinematics): Generator<string> {
  const { jointNames } = kinematics;
  if (trained.joints.join() === jointNames.join()) {
    yield* limitDifferences(trained, kinematics);
    yield* toolDifferences(trained, kinematics);
  } else {
    yield `its joints are ${jointNames.join(', ')}, trained with ${trained.joints.join(', ')}`;
  }
  const [given, wanted] = [robot.gripperRange, trained.gripperRange];
  if (!given !== !wanted) {
    yield given ? 'it has a gripper, trained without' : 'it has no gripper, trained with one';
  } else if (given && wanted && given.some((width, i) => !near(width, wanted[i], WIDTH_TOLERANCE_M))) {
    yield `the gripper opens in ${rangeOf(given)} m, trained with ${rangeOf(wanted)} m`;
  }
}

function differenceOf({ name, robots = [] }: PolicySpec, robot: RobotSpec, kinematics: Kinematics): string | undefined {
  if (robots.length === 0) return `policy ${name}: it does not say for which robot it was trained`;
  const namesakes = robots.filter((each) => each.name === robot.name);
  const candidates = (namesakes.length > 0 ? namesakes : robots).map((each) => [
    ...differencesOf(each, robot, kinematics),
  ]);
  const [closest] = candidates.sort((a, b) => a.length - b.length);
  if (namesakes.length > 0) {
    return closest.length === 0
      ? undefined
      : `policy ${name}: robot ${robot.name} is not as in training: ${closest.join('; ')}`;
  }
  const trained = robots.map((each) => each.name).join(', ');
  const how = closest.length > 0 ? ` (${closest.join('; ')})` : '';
  return `policy ${name}: trained for ${trained}, this robot is ${robot.name}${how}`;
}

/**
 * Compares a robot with those that a policy was trained for: name, joints, their limits, the tool's pose and the gripper.
 * A policy without `robots` is not compared.
 * @param accepted name of a robot that the user lets the policy drive although it was not trained for it
 * @returns what differs in one line, when the robot was accepted; undefined when nothing differs
 * @throws {BindError} with what differs, for a robot that was not accepted
 */
export function bindRobot(
  policy: PolicySpec,
  robot: RobotSpec,
  kinematics: Kinematics,
  accepted: string | undefined,
): string | undefined {
  if (policy.robots === undefined) return undefined;
  const difference = differenceOf(policy, robot, kinematics);
  if (difference === undefined || accepted === robot.name) return difference;
  throw new BindError(
    `${difference}; to let it move this robot, accept the robot by name (praxis sim, eval: --accept-robot ${robot.name}; ROS: accept_robot)`,
  );
}

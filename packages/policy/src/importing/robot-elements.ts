import { elementUnit, type SignalSpec, type TrainedRobot } from '@praxis/core';

/** What the import needs to know of a robot. */
export interface ImportRobot {
  readonly name: string;
  /** Streams of the robot and those that the control loop derives. */
  readonly streams: readonly SignalSpec[];
  /** Commands of the arms, the main one first: each has its joints, and the gripper if there is one. */
  readonly commands: readonly SignalSpec[];
  /** Least and greatest width of the gripper (m), by the command of its arm. */
  readonly gripperRanges: ReadonlyMap<string, readonly number[]>;
  /** The robot as manifests name it. */
  readonly trained: TrainedRobot;
}

/** One arm of a robot. */
export interface RobotArm {
  /** Name of its command. */
  readonly group: string;
  readonly command: SignalSpec;
  readonly joints: readonly string[];
  /** Name of its gripper among the numbers of a policy; undefined without one. */
  readonly gripper: string | undefined;
  /** Comes before the names of its tool and its gripper, of several arms: `left.`. */
  readonly prefix: string;
  /** Stream with the state of its tool. */
  readonly toolStream: string;
}

/** One number of a robot's stream. */
export interface RobotElement {
  /** Name in the stream. */
  readonly name: string;
  readonly stream: string;
  /** SI unit in the stream. */
  readonly unit: string;
  /** Rate of the stream (Hz). */
  readonly rateHz: number;
  /** Arm whose gripper it is; undefined for every other number. */
  readonly gripperOf: RobotArm | undefined;
}

/** The name of the gripper's number in commands and in the data of other frameworks. */
const GRIPPER_NAME = 'gripper';
const JOINTS = 'joints';
const TOOL = 'ee_state';
const WIDTH = 'width';
/** LeRobot's robots name a joint's position so. */
const POSITION_SUFFIX = '.pos';

/** The arms of a robot, the main one first. */
export function armsOf({ commands }: ImportRobot): readonly RobotArm[] {
  return commands.map((command) => {
    const { name: group, names = [] } = command;
    const prefix = commands.length > 1 ? `${group}.` : '';
    return {
      ...{ group, command, prefix },
      joints: names.filter((name) => name !== GRIPPER_NAME),
      gripper: names.includes(GRIPPER_NAME) ? `${prefix}${GRIPPER_NAME}` : undefined,
      toolStream: commands.length > 1 ? `${TOOL}.${group}` : TOOL,
    };
  });
}

/**
 * A name as a robot has it: `shoulder_pan.pos` of LeRobot is the joint `shoulder_pan`, and `left_gripper.pos` of its robots with two arms
 * `left.gripper`.
 */
export function plainName(name: string, robot: ImportRobot): string {
  const plain = name.endsWith(POSITION_SUFFIX) ? name.slice(0, -POSITION_SUFFIX.length) : name;
  const arm = armsOf(robot).find(({ group, prefix }) => prefix !== '' && plain === `${group}_${GRIPPER_NAME}`);
  return arm?.gripper ?? plain;
}

/** Finds a number of the robot by its name; undefined where no stream has it. `gripper` is the width where no stream has that name. */
export function elementOf(robot: ImportRobot, name: string): RobotElement | undefined {
  const wanted = plainName(name, robot);
  const inStream = (stream: string, key: string, gripperOf: RobotArm | undefined): RobotElement | undefined => {
    const spec = robot.streams.find((each) => each.name === stream);
    const at = spec?.names?.indexOf(key) ?? -1;
    if (!spec || at < 0) return undefined;
    return { name: key, stream, unit: elementUnit(spec, at), rateHz: spec.rateHz, gripperOf };
  };
  const arms = armsOf(robot);
  const measured = inStream(
    JOINTS,
    wanted,
    arms.find(({ gripper }) => gripper === wanted),
  );
  if (measured) return measured;
  for (const arm of arms) {
    if (!wanted.startsWith(arm.prefix)) continue;
    const own = wanted.slice(arm.prefix.length);
    const isGripper = own === GRIPPER_NAME || own === WIDTH;
    const found = inStream(arm.toolStream, isGripper ? WIDTH : own, isGripper ? arm : undefined);
    if (found) return found;
  }
  return undefined;
}

/** Names of all numbers that {@link elementOf} finds, for messages. */
export const elementNames = (robot: ImportRobot): readonly string[] => {
  const namesOf = (stream: string): readonly string[] => robot.streams.find(({ name }) => name === stream)?.names ?? [];
  return [
    ...namesOf(JOINTS),
    ...armsOf(robot).flatMap(({ prefix, toolStream }) => namesOf(toolStream).map((name) => `${prefix}${name}`)),
  ];
};

/** Cameras of the robot by their names, with their images as streams. */
export const camerasOf = ({ streams }: ImportRobot): ReadonlyMap<string, SignalSpec> =>
  new Map(
    streams
      .filter(({ name }) => name.startsWith('images.'))
      .map((stream): [string, SignalSpec] => [stream.name.slice('images.'.length), stream]),
  );

import { elementUnit, type RobotSpec, type SignalSpec, type TrainedRobot } from '@praxis/core';

/** What the import needs to know of a robot. */
export interface ImportRobot {
  readonly name: string;
  /** Streams of the robot and those that the control loop derives. */
  readonly streams: readonly SignalSpec[];
  /** Command of the main arm: its joints, and the gripper if it has one. */
  readonly command: SignalSpec;
  readonly gripperRange: RobotSpec['gripperRange'];
  /** The robot as manifests name it. */
  readonly trained: TrainedRobot;
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
  readonly isGripper: boolean;
}

/** The name of the gripper's number in actions and in the data of other frameworks. */
export const GRIPPER_NAME = 'gripper';
/** Streams with named numbers, in the order of precedence. */
const STREAMS = ['joints', 'ee_state'] as const;
const WIDTH = 'width';
/** LeRobot's robots name a joint's position so. */
const POSITION_SUFFIX = '.pos';

/** A name as a robot has it: `shoulder_pan.pos` of LeRobot is the joint `shoulder_pan`. */
export const plainName = (name: string): string =>
  name.endsWith(POSITION_SUFFIX) ? name.slice(0, -POSITION_SUFFIX.length) : name;

/** The joints of the main arm. */
export const jointsOf = ({ command }: ImportRobot): readonly string[] =>
  (command.names ?? []).filter((name) => name !== GRIPPER_NAME);

/** Finds a number of the robot by its name; undefined where no stream has it. `gripper` is the width where no stream has that name. */
export function elementOf({ streams }: ImportRobot, name: string): RobotElement | undefined {
  const wanted = plainName(name);
  for (const key of wanted === GRIPPER_NAME ? [wanted, WIDTH] : [wanted]) {
    for (const stream of STREAMS) {
      const spec = streams.find((each) => each.name === stream);
      const at = spec?.names?.indexOf(key) ?? -1;
      if (!spec || at < 0) continue;
      return {
        name: key,
        stream,
        unit: elementUnit(spec, at),
        rateHz: spec.rateHz,
        isGripper: key === GRIPPER_NAME || key === WIDTH,
      };
    }
  }
  return undefined;
}

/** Names of all numbers that {@link elementOf} finds, for messages. */
export const elementNames = ({ streams }: ImportRobot): readonly string[] =>
  STREAMS.flatMap((stream) => streams.find((each) => each.name === stream)?.names ?? []);

/** Cameras of the robot by their names, with their images as streams. */
export const camerasOf = ({ streams }: ImportRobot): ReadonlyMap<string, SignalSpec> =>
  new Map(
    streams
      .filter(({ name }) => name.startsWith('images.'))
      .map((stream): [string, SignalSpec] => [stream.name.slice('images.'.length), stream]),
  );

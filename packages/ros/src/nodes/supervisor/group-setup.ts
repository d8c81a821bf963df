import type { SignalSpec } from '@praxis/core';
import type { BaseSafety, SafetyConfig } from '@praxis/safety';
import { wrenchStream } from '@praxis/sim';
import type { ArmFrameNames } from '../../robot/description.ts';
import type { NodeRobot } from '../../robot/node-robot.ts';

/** What every command group has. */
interface Common {
  /** Name of the group's command. */
  readonly name: string;
  /** Streams that the group's supervisor monitors. */
  readonly streams: readonly SignalSpec[];
  readonly config: SafetyConfig;
}

/** An arm for its supervisor. */
export interface ArmGroup extends Common, ArmFrameNames {
  readonly kind: 'arm';
  readonly joints: readonly string[];
  /** Elements of the stream `joints` that add up to the width of the gripper. */
  readonly fingers: readonly string[];
}

/** A driven base for its supervisor. */
export interface BaseGroup extends Common {
  readonly kind: 'base';
  /** Elements of its command, see `BASE_TWIST_NAMES`. */
  readonly names: readonly string[];
  readonly limits: BaseSafety;
}

/** A command group for its supervisor. It can be posted to a thread. */
export type GroupSetup = ArmGroup | BaseGroup;

/** Number of positions in a command to the group: those of the joints, or the velocities of a base. */
export const commandSize = (group: GroupSetup): number =>
  group.kind === 'arm' ? group.joints.length : group.names.length;

/** The command groups of a robot for their supervisors. Each arm's watches all streams but the wrist sensors of other arms. */
export function groupSetups(
  { arms, bases }: NodeRobot,
  configs: ReadonlyMap<string, SafetyConfig>,
  streams: readonly SignalSpec[],
): readonly GroupSetup[] {
  const common = (name: string) => ({ name, config: configs.get(name)! });
  const streamsOf = (name: string) =>
    streams.filter((stream) => stream.modality !== 'wrench' || stream.name === wrenchStream(name));
  return [
    ...arms.map(({ name, joints, fingers, baseFrame, toolFrame, sensorFrame }): GroupSetup => {
      const frames = { baseFrame, toolFrame, sensorFrame };
      return { kind: 'arm', ...common(name), joints, fingers, ...frames, streams: streamsOf(name) };
    }),
    ...bases.map(({ name, names, limits }): GroupSetup => {
      return { kind: 'base', ...common(name), names, limits, streams };
    }),
  ];
}

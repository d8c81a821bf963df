import type { JointState } from '@praxis/core';
import type { Gripper } from '@praxis/sim';
import { GripperJoints } from './gripper-joints.ts';

/** Time (s) over which the speed of a width becomes speeds of joints. */
const STEP_S = 1e-3;

/** One element of the stream `joints`: a joint as its driver knows it, or the width of a gripper. */
interface Element {
  readonly name: string;
  /** Index of the element's first joint among those of the drivers. */
  readonly at: number;
  /** Undefined for a joint. */
  readonly gripper: GripperJoints | undefined;
}

/**
 * The joints of a robot between its drivers, which know those of its grippers (rad, m), and its stream `joints`, which has the width (m)
 * of a gripper whose joints do not add up to it.
 */
export class DriverJoints {
  /** Names of the joints, as drivers publish them. */
  readonly names: readonly string[];
  readonly #streamNames: readonly string[];
  readonly #elements: readonly Element[];

  /**
   * Returns undefined where the stream has the joints of every gripper.
   * @param streamNames names of the elements of the stream `joints`
   */
  static of(streamNames: readonly string[], grippers: readonly Gripper[]): DriverJoints | undefined {
    const widths = new Map(
      grippers.flatMap((gripper) => {
        const joints = GripperJoints.of(gripper);
        return joints ? [[gripper.streamNames[0], joints] as const] : [];
      }),
    );
    return widths.size > 0 ? new DriverJoints(streamNames, widths) : undefined;
  }

  private constructor(streamNames: readonly string[], widths: ReadonlyMap<string, GripperJoints>) {
    this.#streamNames = streamNames;
    const names: string[] = [];
    this.#elements = streamNames.map((name) => {
      const gripper = widths.get(name);
      const at = names.length;
      names.push(...(gripper?.names ?? [name]));
      return { name, at, gripper };
    });
    this.names = names;
  }

  /** Turns a state of the drivers' joints, in the order of {@link names}, into a sample of the stream. */
  toStream({ position, velocity, effort }: JointState): JointState {
    const each = (joint: (at: number) => number, width: (gripper: GripperJoints, from: number, to: number) => number) =>
      Float64Array.from(this.#elements, ({ at, gripper }) =>
        gripper ? width(gripper, at, at + gripper.names.length) : joint(at),
      );
    return {
      names: this.#streamNames,
      position: each(
        (at) => position[at],
        (gripper, from, to) => gripper.widthOf(position.subarray(from, to)),
      ),
      velocity: each(
        (at) => velocity[at],
        (gripper, from, to) => gripper.speedOf(position.subarray(from, to), velocity.subarray(from, to)),
      ),
      // No force between the fingers follows from the joints' efforts alone.
      ...(effort
        ? {
            effort: each(
              (at) => effort[at],
              () => Number.NaN,
            ),
          }
        : {}),
    };
  }

  /** Turns a sample of the stream into a state of the drivers' joints. */
  toDrivers({ position, velocity }: Pick<JointState, 'position' | 'velocity'>): JointState {
    const positions = new Float64Array(this.names.length);
    const velocities = new Float64Array(this.names.length);
    for (const [i, { at, gripper }] of this.#elements.entries()) {
      if (!gripper) {
        positions[at] = position[i];
        velocities[at] = velocity[i];
        continue;
      }
      const now = gripper.positionsAt(position[i]);
      const later = gripper.positionsAt(position[i] + STEP_S * velocity[i]);
      positions.set(now, at);
      velocities.set(
        later.map((value, k) => (value - now[k]) / STEP_S),
        at,
      );
    }
    return { names: this.names, position: positions, velocity: velocities };
  }
}

import type { JointState } from '@praxis/core';
import type { RobotSetup } from '@praxis/sim';
import { DriverJoints } from '../../robot/driver-joints.ts';

/**
 * Turns the samples of the simulated joints into those of a driver: a gripper's width becomes the positions of its joints, and joints that
 * nothing commands are there with the positions in which they are held, so that every frame of the robot can be computed.
 */
export class PublishedJoints {
  readonly #drivers: DriverJoints | undefined;
  readonly #heldNames: readonly string[];
  readonly #held: Float64Array;
  readonly #still: Float64Array;

  constructor({ spec, arms, held }: Pick<RobotSetup, 'spec' | 'arms' | 'held'>) {
    const { names = [] } = spec.streams.find(({ modality }) => modality === 'joints')!;
    this.#drivers = DriverJoints.of(
      names,
      arms.flatMap(({ gripper }) => gripper ?? []),
    );
    this.#heldNames = Object.keys(held);
    this.#held = Float64Array.from(Object.values(held));
    this.#still = new Float64Array(this.#held.length);
  }

  /** The joint state (rad, m; rad/s, m/s) that a driver publishes for a sample. */
  stateOf(sample: JointState): JointState {
    const { names, position, velocity } = this.#drivers?.toDrivers(sample) ?? sample;
    if (this.#heldNames.length === 0) return { names, position, velocity };
    return {
      names: [...names, ...this.#heldNames],
      position: Float64Array.of(...position, ...this.#held),
      velocity: Float64Array.of(...velocity, ...this.#still),
    };
  }
}

import { ArmController, type ArmControllerOptions } from '../control/arm-controller.ts';
import { type ControlState, TargetFollower } from '../control/target-follower.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { ChunkScheduler } from '../ports/policy.ts';

/** An arm that follows poses of its tool and widths of its gripper from a scheduler, 8 numbers a row, without a loop. */
export class ControlledArm extends ArmController {
  readonly #follower: TargetFollower;

  constructor(
    kinematics: Kinematics,
    scheduler: ChunkScheduler,
    { holdAfter, ...options }: ArmControllerOptions & { readonly holdAfter?: number } = {},
  ) {
    const follower = new TargetFollower(scheduler, 8, holdAfter);
    const motion = follower.row.subarray(0, 7);
    super(kinematics, { motion: { space: 'pose', motion }, gripper: follower.row.subarray(7) }, options);
    this.#follower = follower;
  }

  get state(): ControlState {
    return this.#follower.state;
  }

  /** Starts at rest at time `now` (s). */
  begin(joints: Float64Array, gripperWidth: number, now: number): void {
    this.reset(joints, gripperWidth);
    this.#follower.reset(now);
  }

  /** Computes the control period that ends at `now` (s). */
  step(now: number, contact: ArrayLike<number>): void {
    const dt = this.#follower.advance(now);
    this.move(this.#follower.state, dt, contact);
  }
}

import type { ArmCommand, JointState } from '@praxis/core';
import type { ArmSetup, SimRobot } from '@praxis/sim';
import { type JointTrajectoryMessage, MessageError } from '@praxis/wire';
import { GripperJoints } from '../../robot/gripper-joints.ts';
import { JointTargets } from './controllers.ts';

/** The controllers of a simulated arm: targets of its joints and of its gripper. */
export class ArmCommands {
  readonly #arm: ArmSetup;
  readonly #gripper: GripperJoints | undefined;
  /** Undefined before the first measurement, whose position the controllers hold. */
  #targets: JointTargets | undefined;
  #gripperWidth: number;

  constructor(arm: ArmSetup) {
    this.#arm = arm;
    this.#gripper = GripperJoints.of(arm.gripper);
    this.#gripperWidth = startWidth(arm);
  }

  /** Holds the first position that this robot measures. Targets for the previous one are discarded. */
  attach(robot: SimRobot): void {
    this.#targets = undefined;
    this.#gripperWidth = startWidth(this.#arm);
    const { names = [] } = robot.spec.streams.find(({ name }) => name === 'joints')!;
    const places = this.#arm.joints.map((joint) => names.indexOf(joint));
    robot.stream('joints').subscribe(({ value }) => {
      const { position } = value as JointState;
      this.#targets ??= new JointTargets(
        this.#arm.joints,
        Float64Array.from(places, (place) => position[place]),
      );
    });
  }

  /** Queues a target (rad). @throws {MessageError} as {@link JointTargets.queueTarget} */
  queueTarget(data: Float64Array): void {
    this.#targets?.queueTarget(data);
  }

  /** Starts a trajectory at `now` (s). @throws {MessageError} as {@link JointTargets.follow} */
  follow(trajectory: JointTrajectoryMessage, now: number): void {
    this.#targets?.follow(trajectory, now);
  }

  /**
   * Sets the target of the gripper: its width (m), or the position (rad, m) of each joint of a gripper that turns.
   * @throws {MessageError} when the data does not hold these numbers
   */
  setGripper(data: Float64Array): void {
    const count = this.#gripper?.names.length ?? 1;
    if (data.length === count && data.every(Number.isFinite)) {
      this.#gripperWidth = this.#gripper?.widthOf(data) ?? data[0];
      return;
    }
    const expected = this.#gripper ? `positions of ${this.#gripper.names.join(', ')}` : 'one finite number';
    throw new MessageError(`gripper: ${data.join(', ') || 'nothing'}, expected ${expected}`);
  }

  /**
   * The command of the period at `due` (s); undefined before the first measurement.
   * @param missed number of periods that are due after this one
   */
  commandAt(due: number, missed: number): ArmCommand | undefined {
    if (!this.#targets) return undefined;
    this.#targets.takeTarget(due, missed);
    this.#targets.interpolate(due);
    return { position: this.#targets.position, gripperWidth: this.#gripperWidth };
  }
}

/** The width to which a gripper moves without a command (m): half open. */
const startWidth = ({ gripper }: ArmSetup): number => (gripper ? (gripper.range[0] + gripper.range[1]) / 2 : 0);

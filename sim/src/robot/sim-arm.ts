import { type ArmCommand, checkArmCommand, type RobotCommand } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import type { ArmSetup } from './arm-setup.ts';
import { BufferPool, DelayLine } from './delay-line.ts';
import { SimGripper } from './sim-gripper.ts';

/** A command group in physics. */
export interface SimGroup {
  /** Checks a command. @throws {CommandError} when its size is wrong or a number is not finite */
  check(command: RobotCommand): void;
  /** Checks a command and takes it; it acts after the delay of the actions. @throws {CommandError} as {@link check} does */
  accept(command: RobotCommand, now: number): void;
  /** Applies the commands that are due at `now` (s). */
  apply(now: number): void;
}

/** The servos of one arm and its gripper in physics. */
export class SimArm implements SimGroup {
  /** Undefined for an arm without a gripper. */
  readonly gripper: SimGripper | undefined;
  /** True when the stream `joints` carries the gripper's joints; else it carries the width. */
  readonly streamsFingers: boolean;
  readonly #name: string;
  readonly #joints: readonly string[];
  readonly #world: World;
  readonly #actuators: readonly number[];
  readonly #commands: DelayLine<{ position: Float64Array; gripperWidth: number }>;
  readonly #pool = new BufferPool();

  /** @param delay time between a command and its effect (s) */
  constructor({ name, joints, gripper }: ArmSetup, world: World, delay: number) {
    this.#name = name;
    this.#joints = joints;
    this.#world = world;
    this.#actuators = joints.map((joint) => world.actuator(joint));
    this.#commands = new DelayLine(delay);
    this.gripper = gripper && new SimGripper(gripper, world);
    this.streamsFingers = gripper !== undefined && gripper.streamNames === gripper.joints;
  }

  check(command: RobotCommand): void {
    checkArmCommand(this.#name, this.#joints, command as ArmCommand);
  }

  accept(command: RobotCommand, now: number): void {
    this.check(command);
    const value = command as ArmCommand;
    const position = this.#pool.allocate(this.#joints.length);
    position.set(value.position);
    this.#commands.enqueue(now, { position, gripperWidth: value.gripperWidth });
  }

  apply(now: number): void {
    for (let due = this.#commands.dequeueDue(now); due; due = this.#commands.dequeueDue(now)) {
      const ctrl = this.#world.view('ctrl');
      for (let i = 0; i < this.#actuators.length; i++) ctrl[this.#actuators[i]] = due.position[i];
      this.gripper?.command(due.gripperWidth);
    }
  }
}

import { type BaseCommand, checkBaseCommand, type RobotCommand } from '@praxis/core';
import type { World } from '../mujoco/world.ts';
import type { BaseSetup } from './base-setup.ts';
import { BufferPool, DelayLine } from './delay-line.ts';
import type { SimGroup } from './sim-arm.ts';

/** The drives stop the wheels when no command has come for this long (s). */
const COMMAND_TIMEOUT_S = 0.2;
/** Elements of a base's command. */
const NAMES = ['vx', 'wz'] as const;

/** The drives of a base in physics: they turn the wheels as a twist asks. */
export class SimBase implements SimGroup {
  readonly #base: BaseSetup;
  readonly #world: World;
  readonly #left: readonly number[];
  readonly #right: readonly number[];
  readonly #commands: DelayLine<Float64Array>;
  readonly #pool = new BufferPool();
  /** Time of the last command that acted (s). */
  #commandedAt = Number.NEGATIVE_INFINITY;

  /** @param delay time between a command and its effect (s) */
  constructor(base: BaseSetup, world: World, delay: number) {
    this.#base = base;
    this.#world = world;
    this.#left = base.left.map((joint) => world.actuator(joint));
    this.#right = base.right.map((joint) => world.actuator(joint));
    this.#commands = new DelayLine(delay);
  }

  check(command: RobotCommand): void {
    checkBaseCommand(this.#base.name, NAMES, command as BaseCommand);
  }

  accept(command: RobotCommand, now: number): void {
    this.check(command);
    const { twist } = command as BaseCommand;
    const copy = this.#pool.allocate(NAMES.length);
    copy.set(twist);
    this.#commands.enqueue(now, copy);
  }

  apply(now: number): void {
    for (let due = this.#commands.dequeueDue(now); due; due = this.#commands.dequeueDue(now)) {
      this.#commandedAt = now;
      this.#drive(due[0], due[1]);
    }
    if (now - this.#commandedAt > COMMAND_TIMEOUT_S) this.#drive(0, 0);
  }

  /** Sets the speeds of the wheels. @param ahead m/s @param turning rad/s, to the left */
  #drive(ahead: number, turning: number): void {
    const { track, wheelRadius } = this.#base;
    const ctrl = this.#world.view('ctrl');
    const difference = (turning * track) / 2;
    for (let i = 0; i < this.#left.length; i++) ctrl[this.#left[i]] = (ahead - difference) / wheelRadius;
    for (let i = 0; i < this.#right.length; i++) ctrl[this.#right[i]] = (ahead + difference) / wheelRadius;
  }
}

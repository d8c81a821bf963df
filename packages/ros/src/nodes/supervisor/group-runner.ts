import type { ArmCommand, Stamped } from '@praxis/core';
import { isStop, type Supervisor, type SupervisorOutput } from '@praxis/safety';
import { timeOf } from '@praxis/wire';
import type { Output, Target } from '../../output/output.ts';
import { CommandPlayout } from './command-buffer.ts';

/** What every command group of a {@link SupervisorRunner} has. */
export interface GroupRunnerOptions {
  readonly outputs: readonly Output[];
  /** Called with the new power state when the brakes of the group close (false) or open (true). */
  readonly onPower: (power: boolean) => void;
}

/** One command group between its commands and its controllers. */
export abstract class GroupRunner {
  readonly supervisor: Supervisor;
  protected readonly playout: CommandPlayout;
  protected readonly target: Target;
  readonly #options: GroupRunnerOptions;
  #output: SupervisorOutput | undefined;
  #power: boolean | undefined;

  /** @param size number of positions in a command */
  constructor(supervisor: Supervisor, size: number, options: GroupRunnerOptions) {
    this.supervisor = supervisor;
    this.playout = new CommandPlayout(size);
    this.target = { position: new Float64Array(size), velocity: new Float64Array(size), gripperWidth: 0 };
    this.#options = options;
  }

  /** False while the brakes are closed, and before the first measurement. */
  get powered(): boolean {
    return this.#power ?? false;
  }

  /** Accepts a command, which is played out at its time. @param now present time (s) */
  acceptCommand(command: Stamped<ArmCommand>, now: number): void {
    this.playout.add(command);
    this.supervisor.beat('loop', now);
  }

  /** Runs one period of the group's supervisor. @param due time of the period (s) */
  supervise(due: number): void {
    const command = this.playout.next(due);
    if (command) this.supervised(command, due);
    this.#output = this.supervisor.tick(due);
  }

  /**
   * Sends the group's target to its controllers.
   * @param due time of the period (s)
   * @param newest false for a late period, whose target is not sent
   * @param motion `stopped` while not every group of the robot follows commands
   */
  send(due: number, newest: boolean, motion: 'running' | 'stopped'): void {
    const output = this.#output!;
    const { state, place, powered } = output;
    this.advance(due, motion);
    if (place === 'unknown') return;
    if (powered !== this.#power) {
      this.#power = powered;
      this.#options.onPower(powered);
    }
    const isActive = state === 'running' || isStop(state);
    if (!this.setTarget(output, isActive) || !newest) return;
    const header = { stamp: timeOf(due), frame_id: '' };
    for (const each of this.#options.outputs) each.send(this.target, header);
  }

  /** Passes a command on that is due. @param due time of the period (s) */
  protected abstract supervised(command: Stamped<ArmCommand>, due: number): void;

  /** Computes what the group's supervisor does not. */
  protected abstract advance(due: number, motion: 'running' | 'stopped'): void;

  /**
   * Writes the target of this period.
   * @param isActive false before the start, when another program may move the group
   * @returns false when none is to be sent
   */
  protected abstract setTarget(output: SupervisorOutput, isActive: boolean): boolean;
}

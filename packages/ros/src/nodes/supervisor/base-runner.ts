import { type ArmCommand, CommandError, NO_ARM, type RobotSpec, type Stamped } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import { SupervisedBase, Supervisor, type SupervisorOutput } from '@praxis/safety';
import { CONTROL_PERIOD_S } from '../../robot/command-topic.ts';
import { GroupRunner, type GroupRunnerOptions } from './group-runner.ts';
import type { BaseGroup } from './group-setup.ts';

/** What the supervisor of a base sees in place of joints. */
const NO_JOINTS: ArmCommand = { position: new Float64Array(0), gripperWidth: 0 };

/**
 * A driven base between its commands and its controller. The positions of its commands and targets are velocities. It sends nothing
 * before the start; in a stop it brakes, and then goes on to send zero.
 */
export class BaseRunner extends GroupRunner {
  readonly #limiter: SupervisedBase;

  /** @throws {InputError} when the configuration or a limit is not valid */
  constructor({ name, names, limits, streams, config }: BaseGroup, model: RobotModel, options: GroupRunnerOptions) {
    const supervisor = new Supervisor({
      ...{ names: [], streams, model, kinematics: NO_ARM, config },
      ...{ period: CONTROL_PERIOD_S, fingerJoints: [] },
    });
    super(supervisor, names.length, options);
    this.#limiter = new SupervisedBase({ spec: specOf(name, names) }, name, limits);
  }

  protected supervised({ value, ...times }: Stamped<ArmCommand>, due: number): void {
    try {
      this.#limiter.acceptCommand({ value: { twist: value.position }, ...times });
    } catch (error) {
      // Its supervisor stops the base when valid commands cease.
      if (error instanceof CommandError) return;
      throw error;
    }
    this.supervisor.acceptCommand({ value: NO_JOINTS, ...times }, due);
  }

  protected advance(due: number, motion: 'running' | 'stopped'): void {
    const { twist } = this.#limiter.tick(due, motion).value;
    this.target.position.set(twist);
    this.supervisor.reportMotion(this.#limiter.moves ? 'moving' : 'standing');
  }

  protected setTarget(_: SupervisorOutput, isActive: boolean): boolean {
    return isActive;
  }
}

/** The command of a base, as the limiter needs it. */
const specOf = (name: string, names: readonly string[]): RobotSpec => ({
  name,
  streams: [],
  commands: [
    {
      ...{ name, names, modality: 'base', dtype: 'float64', shape: [names.length], frame: '', rateHz: 0 },
      unit: names.map((each) => (each === 'wz' ? 'rad/s' : 'm/s')),
    },
  ],
});

import type { ArmCommand, Stamped } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import { Supervisor, type SupervisorOutput } from '@praxis/safety';
import { CONTROL_PERIOD_S } from '../../robot/command-topic.ts';
import { armModels } from '../../robot/description.ts';
import { GroupRunner, type GroupRunnerOptions } from './group-runner.ts';
import type { ArmGroup } from './group-setup.ts';

/** An arm between its commands and its controllers. It sends no targets before the start and while its brakes are closed. */
export class ArmRunner extends GroupRunner {
  readonly #lastPosition: Float64Array;
  #sending = false;

  /** @throws {InputError} when the configuration does not fit the arm */
  constructor(arm: ArmGroup, model: RobotModel, options: GroupRunnerOptions) {
    const { joints, fingers, streams, config } = arm;
    const supervisor = new Supervisor({
      ...{ names: joints, streams, model, ...armModels(model, arm), config },
      ...{ period: CONTROL_PERIOD_S, fingerJoints: fingers, whileReady: 'follow' },
    });
    super(supervisor, joints.length, options);
    this.#lastPosition = new Float64Array(joints.length);
  }

  protected supervised(command: Stamped<ArmCommand>, due: number): void {
    this.supervisor.acceptCommand(command, due);
  }

  protected advance(): void {}

  protected setTarget({ position, gripperWidth, powered }: SupervisorOutput, isActive: boolean): boolean {
    if (!powered || !isActive) {
      this.#sending = false;
      return false;
    }
    const { position: target, velocity } = this.target;
    for (let i = 0; i < target.length; i++) {
      velocity[i] = this.#sending ? (position[i] - this.#lastPosition[i]) / CONTROL_PERIOD_S : 0;
      this.#lastPosition[i] = position[i];
      target[i] = position[i];
    }
    this.target.gripperWidth = gripperWidth;
    this.#sending = true;
    return true;
  }
}

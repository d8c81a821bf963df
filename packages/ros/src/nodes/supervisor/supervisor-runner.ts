import type { ArmCommand, Clock, RobotSpec, SignalSpec, Stamped, StreamValue } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import { LinkedSupervisors, type QueueState, type RequestResult } from '@praxis/safety';
import type { Output } from '../../output/output.ts';
import { ArmRunner } from './arm-runner.ts';
import { BaseRunner } from './base-runner.ts';
import type { GroupRunner } from './group-runner.ts';
import type { GroupSetup } from './group-setup.ts';

/** Options of {@link SupervisorRunner}. */
export interface SupervisorRunnerOptions {
  readonly model: RobotModel;
  readonly groups: readonly (GroupSetup & { readonly outputs: readonly Output[] })[];
  readonly clock: Clock;
  /** Called with the new power state when the brakes of a group close (false) or open (true). */
  readonly onPower: (group: string, power: boolean) => void;
}

/** Streams that the supervisors monitor. Language is not one of them: a missing instruction is no fault. */
export const monitoredStreams = ({ streams }: RobotSpec, cameras: boolean): readonly SignalSpec[] =>
  streams.filter(({ modality }) => modality !== 'language' && (cameras || modality !== 'vision'));

/**
 * Runs the supervisors of a robot's command groups between commands and controllers. Before the start they send no targets, so that
 * another program can move the robot. From the start on they send a target each period, also during a stop and while they hold an arm; an
 * arm gets none while its brakes are closed.
 */
export class SupervisorRunner {
  readonly linked: LinkedSupervisors;
  readonly #clock: Clock;
  readonly #groups: ReadonlyMap<string, GroupRunner>;
  #shutsDown = false;

  /** @throws {InputError} when the configuration does not fit the robot. */
  constructor({ model, groups, clock, onPower }: SupervisorRunnerOptions) {
    this.#clock = clock;
    this.#groups = new Map(
      groups.map(({ outputs, ...group }) => {
        const options = { outputs, onPower: (power: boolean) => onPower(group.name, power) };
        const runner =
          group.kind === 'arm' ? new ArmRunner(group, model, options) : new BaseRunner(group, model, options);
        return [group.name, runner] as const;
      }),
    );
    this.linked = new LinkedSupervisors(new Map([...this.#groups].map(([name, { supervisor }]) => [name, supervisor])));
  }

  /** True while the brakes of a group are open; false before the first measurement of the robot. */
  get powered(): boolean {
    return this.poweredGroups.length > 0;
  }

  /** Names of the groups whose brakes are open. */
  get poweredGroups(): readonly string[] {
    return [...this.#groups].flatMap(([name, { powered }]) => (powered ? [name] : []));
  }

  /** Lets commands move the robot; see `Supervisor.start`. */
  start(now: number): RequestResult {
    return this.#refusal() ?? this.linked.start(now);
  }

  /** Ends a stop; see `Supervisor.reset`. */
  reset(now: number): RequestResult {
    return this.#refusal() ?? this.linked.reset(now);
  }

  /** Refuses each later start and reset. */
  shutDown(): void {
    this.#shutsDown = true;
  }

  /** Accepts a command to a group. Of a base, its positions are velocities. */
  acceptCommand(group: string, command: Stamped<ArmCommand>): void {
    this.#groups.get(group)!.acceptCommand(command, this.#clock.now());
  }

  /** Passes a sample to every supervisor that monitors its stream. @param now time of receipt (s) */
  acceptSample(stream: string, sample: Stamped<StreamValue>, now: number): void {
    for (const { supervisor } of this.#groups.values()) supervisor.acceptSample(stream, sample, now);
  }

  /** Accepts a heartbeat of the policy with the state of its queue. @param now time of receipt (s) */
  acceptHeartbeat(queue: QueueState, now: number): void {
    this.linked.beat('policy', now);
    this.linked.reportQueue(queue, now);
  }

  /** See `Supervisor.reportOutput`. */
  reportOutput(fault: string | undefined): void {
    for (const { supervisor } of this.#groups.values()) supervisor.reportOutput(fault);
  }

  /** Measures the zero of the wrist sensors again. Nothing may touch a tool. */
  tare(): void {
    for (const { supervisor } of this.#groups.values()) supervisor.tare();
  }

  /**
   * Runs one period of the supervisors and sends their targets to the controllers.
   * @param due time of the period (s)
   * @param newest false for a late period, whose targets are not sent
   */
  tick(due: number, newest: boolean): void {
    for (const group of this.#groups.values()) group.supervise(due);
    const motion = this.linked.running ? 'running' : 'stopped';
    for (const group of this.#groups.values()) group.send(due, newest, motion);
  }

  /** Completes the events. */
  close(): void {
    this.linked.close();
    for (const { supervisor } of this.#groups.values()) supervisor.close();
  }

  #refusal(): RequestResult | undefined {
    return this.#shutsDown ? { ok: false, reason: 'the supervisor shuts down' } : undefined;
  }
}

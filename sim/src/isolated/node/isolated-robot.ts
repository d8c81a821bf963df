import { Worker } from 'node:worker_threads';
import {
  type ArmCommand,
  InputError,
  type Robot,
  type RobotSpec,
  ServiceClient,
  SimulatedClock,
  type Stamped,
  type StreamValue,
  threadTransport,
  UnknownStreamError,
} from '@praxis/core';
import {
  type BeatSource,
  type SafetyEvent,
  SharedRobot,
  type SharedSafety,
  type SupervisorRequest,
  type SupervisorStatus,
  shareSafety,
} from '@praxis/safety';
import { type Observable, Subject } from 'rxjs';
import { ARM_JOINTS, ROBOT_SPEC } from '../../robot/arm.ts';
import type { PlantEvents, PlantReport, PlantService, PlantSetup } from '../messages.ts';

/**
 * The simulated arm with its supervisor in a thread of their own, against the wall clock: they go on when this thread is
 * blocked and when the policy is gone. Commands and heartbeats go there through shared memory; samples come back as messages, and the
 * clock here shows the time of the last period that has come. Let {@link periods$} drive the control loop.
 */
export class IsolatedRobot implements Robot {
  readonly spec: RobotSpec = ROBOT_SPEC;
  readonly clock = new SimulatedClock();
  /** After the samples of each period of the plant. */
  readonly periods$: Observable<number>;
  /** From the supervisor. */
  readonly events$: Observable<SafetyEvent>;
  readonly #plant: ServiceClient<PlantService>;
  readonly #shared: SharedRobot;
  #instruction = '';
  /** Why the thread is ended from here; undefined unless it is. */
  #ending: Error | undefined;
  readonly #streams = new Map<string, Subject<Stamped<StreamValue>>>();
  readonly #periods = new Subject<number>();
  readonly #events = new Subject<SafetyEvent>();

  private constructor(worker: Worker, shared: SharedSafety) {
    this.#shared = new SharedRobot(this, shared);
    this.periods$ = this.#periods.asObservable();
    this.events$ = this.#events.asObservable();
    for (const { name } of this.spec.streams) this.#streams.set(name, new Subject());
    this.#plant = new ServiceClient<PlantService>(threadTransport(worker), {
      events: { period: (period) => this.#handlePeriod(period), safety: (event) => this.#events.next(event) },
      exitError: ({ error }) => this.#ending ?? error ?? new InputError('plant: its thread has ended'),
      onNotificationError: (error) => void this.#terminate(error),
      onStatus: ({ kind }) => {
        if (kind !== 'exited') return;
        for (const subject of [...this.#streams.values(), this.#periods, this.#events]) subject.complete();
      },
    });
  }

  /** @throws {InputError} for an unknown task, a seed out of range or a URDF that is none. */
  static async open(options: Omit<PlantSetup, 'shared'>): Promise<IsolatedRobot> {
    const shared = shareSafety(ARM_JOINTS.length);
    const setup: PlantSetup = { ...options, shared };
    const worker = new Worker(new URL('./plant-worker.mjs', import.meta.url), {
      workerData: setup,
      // The loaders and debuggers of this thread are not for that one.
      execArgv: [],
    });
    const robot = new IsolatedRobot(worker, shared);
    try {
      robot.#instruction = (await robot.#plant.ready).instruction;
      return robot;
    } catch (error) {
      await robot.stop();
      throw error;
    }
  }

  /** What the task says. */
  get instruction(): string {
    return this.#instruction;
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    const stream = this.#streams.get(name);
    if (!stream) throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.#streams.keys()]}`);
    return stream.asObservable();
  }

  /** @throws {CommandError} on a wrong name, size, or a value that is not finite; the supervisor gets to see it all the same. */
  command(name: string, command: Stamped<ArmCommand>): void {
    this.#shared.command(name, command);
  }

  /** Time begins. */
  async start(): Promise<void> {
    this.#plant.notify('run');
  }

  /** Ends the thread and completes every stream. Safe to call twice. */
  stop(): Promise<void> {
    return this.#terminate(new InputError('plant: it was stopped'));
  }

  setInstruction(text: string): void {
    this.#plant.notify('say', text);
  }

  /** A sign of life: of the loop once a period, of the policy's process as often as it says. */
  beat(source: BeatSource): void {
    this.#shared.beat(source);
  }

  /** Whether the chunk scheduler has an action for now. */
  reportQueue(state: 'filled' | 'empty'): void {
    this.#shared.reportQueue(state);
  }

  /** Asks the supervisor for a change of state; whether it came about is to be seen in {@link state}. */
  requestStateChange(request: SupervisorRequest): void {
    this.#shared.request(request);
  }

  /** What the supervisor said after its last period. */
  state(): SupervisorStatus {
    return this.#shared.state();
  }

  /** Something goes wrong now: what {@link report} says counts from here. */
  startMeasurement(): void {
    this.#plant.notify('mark');
  }

  report(): Promise<PlantReport> {
    return this.#plant.call('report');
  }

  #handlePeriod({ time, samples }: PlantEvents['period']): void {
    this.clock.advanceTo(time);
    for (const { stream, sample } of samples) this.#streams.get(stream)?.next(sample);
    this.#periods.next(time);
  }

  async #terminate(why: Error): Promise<void> {
    this.#ending ??= why;
    this.#plant.kill();
    await this.#plant.exited;
  }
}

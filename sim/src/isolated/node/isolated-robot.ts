import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import {
  type ArmCommand,
  InputError,
  type Robot,
  type RobotSpec,
  SimulatedClock,
  type Stamped,
  type StreamValue,
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
import type { FromPlant, PlantReport, PlantSetup, ToPlant } from '../messages.ts';

/**
 * The simulated arm with its supervisor in a thread of their own, against the wall clock: they go on when this thread is
 * blocked and when the policy is gone. Commands and heartbeats go there through shared memory; samples come back as messages, and the
 * clock here shows the time of the last period that has come. Let {@link periods$} drive the control loop.
 */
export class IsolatedRobot implements Robot {
  readonly spec: RobotSpec = ROBOT_SPEC;
  readonly clock = new SimulatedClock();
  /** What the task says. */
  readonly instruction: string;
  /** After the samples of each period of the plant. */
  readonly periods$: Observable<number>;
  /** From the supervisor. */
  readonly events$: Observable<SafetyEvent>;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #shared: SharedRobot;
  readonly #streams = new Map<string, Subject<Stamped<StreamValue>>>();
  readonly #periods = new Subject<number>();
  readonly #events = new Subject<SafetyEvent>();
  readonly #reports: { resolve(report: PlantReport): void; reject(error: Error): void }[] = [];
  #ended: Error | undefined;

  private constructor(worker: Worker, port: MessagePort, shared: SharedSafety, instruction: string) {
    this.#worker = worker;
    this.#port = port;
    this.#shared = new SharedRobot(this, shared);
    this.instruction = instruction;
    this.periods$ = this.#periods.asObservable();
    this.events$ = this.#events.asObservable();
    for (const { name } of this.spec.streams) this.#streams.set(name, new Subject());
    port.on('message', (message: FromPlant) => this.#take(message));
    worker.on('error', (error) => this.#end(error));
    worker.on('exit', () => this.#end(new InputError('plant: its thread has ended')));
  }

  /** @throws {InputError} for an unknown task, a seed out of range or a URDF that is none. */
  static open(options: Omit<PlantSetup, 'shared'>): Promise<IsolatedRobot> {
    const shared = shareSafety(ARM_JOINTS.length);
    const { port1: port, port2 } = new MessageChannel();
    const setup: PlantSetup = { ...options, shared };
    const worker = new Worker(new URL('./plant-worker.mjs', import.meta.url), {
      workerData: { setup, port: port2 },
      transferList: [port2],
      // The loaders and debuggers of this thread are not for that one.
      execArgv: [],
    });
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        reject(error);
        port.close();
        void worker.terminate();
      };
      worker.once('error', fail);
      port.once('message', (message: FromPlant) => {
        worker.off('error', fail);
        if (message.kind === 'ready') {
          resolve(new IsolatedRobot(worker, port, shared, message.instruction));
        } else fail(message.kind === 'failed' ? revive(message) : new Error(`plant: got ${message.kind}`));
      });
    });
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
    this.#post({ kind: 'run' });
  }

  /** Ends the thread and completes every stream. Safe to call twice. */
  async stop(): Promise<void> {
    this.#post({ kind: 'close' });
    await this.#worker.terminate();
    this.#end(new InputError('plant: it was stopped'));
  }

  say(text: string): void {
    this.#post({ kind: 'say', text });
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
  ask(request: SupervisorRequest): void {
    this.#shared.request(request);
  }

  /** What the supervisor said after its last period. */
  state(): SupervisorStatus {
    return this.#shared.state();
  }

  /** Something goes wrong now: what {@link report} says counts from here. */
  mark(): void {
    this.#post({ kind: 'mark' });
  }

  report(): Promise<PlantReport> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#reports.push({ resolve, reject });
      this.#post({ kind: 'report' });
    });
  }

  #post(message: ToPlant): void {
    if (!this.#ended) this.#port.postMessage(message);
  }

  #take(message: FromPlant): void {
    if (message.kind === 'period') {
      this.clock.advanceTo(message.time);
      for (const { stream, sample } of message.samples) this.#streams.get(stream)?.next(sample);
      this.#periods.next(message.time);
    } else if (message.kind === 'event') this.#events.next(message.event);
    else if (message.kind === 'report') this.#reports.shift()?.resolve(message.report);
    else if (message.kind === 'failed') this.#end(revive(message));
  }

  #end(error: Error): void {
    if (this.#ended) return;
    this.#ended = error;
    this.#port.close();
    for (const { reject } of this.#reports.splice(0)) reject(error);
    for (const subject of [...this.#streams.values(), this.#periods, this.#events]) subject.complete();
  }
}

const revive = ({ message, expected }: Extract<FromPlant, { kind: 'failed' }>): Error =>
  expected ? new InputError(message) : new Error(message);

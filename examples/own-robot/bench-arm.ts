import {
  type ArmCommand,
  type Clock,
  CommandError,
  checkArmCommand,
  type Robot,
  type RobotSpec,
  type Stamped,
  type StreamValue,
  UnknownStreamError,
} from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { ArmDriver } from './driver.ts';

/** Rate of joint states and commands (Hz). */
const RATE_HZ = 500;

/** An arm without gripper and force sensor as a `Robot`: one stream, `joints`, and one command, `arm`. */
export class BenchArm implements Robot {
  readonly spec: RobotSpec;
  readonly clock: Clock;
  readonly #driver: ArmDriver;
  readonly #joints = new Subject<Stamped<StreamValue>>();
  #state: 'created' | 'running' | 'stopped' = 'created';

  constructor(driver: ArmDriver, clock: Clock) {
    this.clock = clock;
    this.#driver = driver;
    const names = driver.joints;
    const signal = {
      modality: 'joints',
      dtype: 'float64',
      shape: [names.length],
      unit: 'rad',
      frame: 'base_link',
      rateHz: RATE_HZ,
      names,
    } as const;
    this.spec = {
      name: 'bench arm',
      streams: [{ ...signal, name: 'joints' }],
      commands: [{ ...signal, name: 'arm' }],
    };
    driver.onState((position, velocity) => this.#publish(position, velocity));
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    if (name !== 'joints') throw new UnknownStreamError(`bench arm: no stream ${name}, only joints`);
    return this.#joints.asObservable();
  }

  command(name: string, { value }: Stamped<ArmCommand>): void {
    if (name !== 'arm') throw new CommandError(`bench arm: no command ${name}, only arm`);
    checkArmCommand(name, this.#driver.joints, value);
    if (this.#state === 'running') this.#driver.sendTarget(value.position);
  }

  async start(): Promise<void> {
    this.#state = 'running';
  }

  async stop(): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#state = 'stopped';
    this.#driver.stop();
    this.#joints.complete();
  }

  /** Publishes a joint state. Published buffers are never written again, so the driver hands over new ones. */
  #publish(position: Float64Array, velocity: Float64Array): void {
    if (this.#state !== 'running') return;
    const now = this.clock.now();
    // A driver that knows the time of the measurement passes that on as `stamp`.
    this.#joints.next({ value: { names: this.#driver.joints, position, velocity }, stamp: now, received: now });
  }
}

import { type Observable, Subject } from 'rxjs';
import { CommandError, UnknownStreamError } from '../errors/errors.ts';
import type { Robot } from '../ports/robot.ts';
import { SimulatedClock } from '../signals/clock.ts';
import type { RobotSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, StreamValue } from '../signals/values.ts';

const ARM_JOINTS = ['joint1', 'joint2', 'joint3', 'joint4', 'joint5', 'joint6', 'joint7'];
const JOINT_NAMES = [...ARM_JOINTS, 'finger_joint1', 'finger_joint2'];

const SPEC: RobotSpec = {
  name: 'memory',
  streams: [
    {
      name: 'joints',
      modality: 'joints',
      dtype: 'float64',
      shape: [9],
      unit: [...ARM_JOINTS.map(() => 'rad'), 'm', 'm'],
      frame: '',
      rateHz: 500,
      names: JOINT_NAMES,
    },
    {
      name: 'wrench',
      modality: 'wrench',
      dtype: 'float64',
      shape: [6],
      unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
      frame: 'ft_sensor_link',
      rateHz: 500,
    },
    {
      name: 'images.front',
      modality: 'vision',
      dtype: 'uint8',
      shape: [4, 6, 3],
      unit: 'rgb8',
      frame: 'camera_front_optical_frame',
      rateHz: 20,
    },
    { name: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1', frame: '', rateHz: 0 },
  ],
  commands: [
    {
      name: 'arm',
      modality: 'joints',
      dtype: 'float64',
      shape: [8],
      unit: [...ARM_JOINTS.map(() => 'rad'), 'm'],
      frame: '',
      rateHz: 500,
      names: [...ARM_JOINTS, 'gripper'],
    },
  ],
};

/** A robot without physics for tests: its joints are at the last commanded position. A step is 2 ms. */
export class MemoryRobot implements Robot {
  readonly spec = SPEC;
  readonly clock = new SimulatedClock();
  /** Accepted commands. */
  readonly commands: Stamped<ArmCommand>[] = [];
  /** Measured wrench (N, Nm), set by the test. */
  readonly wrench = new Float64Array(6);
  readonly position: Float64Array;
  #width = 0.04;
  readonly #streams = new Map(SPEC.streams.map(({ name }) => [name, new Subject<Stamped<StreamValue>>()]));
  readonly #start: number;
  #step = 0;
  #running = false;
  #stopped = false;

  /**
   * @param position positions of the seven joints (rad)
   * @param start initial time of the clock (s)
   */
  constructor(position: ArrayLike<number>, start = 0) {
    this.position = Float64Array.from(position);
    this.#start = start;
    this.clock.advanceTo(start);
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    const stream = this.#streams.get(name);
    if (!stream) throw new UnknownStreamError(`robot memory: no stream ${name}`);
    return stream.asObservable();
  }

  command(name: string, { value, stamp, received }: Stamped<ArmCommand>): void {
    if (name !== 'arm') throw new CommandError(`robot memory: no command ${name}, only arm`);
    const { position, gripperWidth } = value;
    if (position.length !== ARM_JOINTS.length) throw new CommandError(`arm: ${position.length} positions, expected 7`);
    if (!position.every(Number.isFinite) || !Number.isFinite(gripperWidth)) throw new CommandError('arm: not finite');
    if (this.#stopped) return;
    this.position.set(position);
    this.#width = gripperWidth;
    this.commands.push({ value: { position: Float64Array.from(position), gripperWidth }, stamp, received });
  }

  async start(): Promise<void> {
    this.#running = true;
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#stopped = true;
    for (const stream of this.#streams.values()) stream.complete();
  }

  publishInstruction(instruction: string): void {
    this.#emit('instruction', instruction);
  }

  /** Advances the clock by 2 ms and publishes the samples that are due. */
  step(): void {
    this.clock.advanceTo(this.#start + ++this.#step * 0.002);
    if (!this.#running) return;
    const half = this.#width / 2;
    const position = Float64Array.of(...this.position, half, half);
    this.#emit('joints', { names: JOINT_NAMES, position, velocity: new Float64Array(9) });
    this.#emit('wrench', this.wrench.slice());
    if (this.#step % 25 === 0) {
      this.#emit('images.front', { width: 6, height: 4, data: new Uint8Array(72).fill(this.#step) });
    }
  }

  #emit(name: string, value: StreamValue): void {
    const now = this.clock.now();
    this.#streams.get(name)!.next({ value, stamp: now, received: now });
  }
}

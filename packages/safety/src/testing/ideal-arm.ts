import { quaternion, Random, type SignalSpec, type StreamValue, type ToolLoad } from '@praxis/core';
import { DEFAULT_SAFETY } from '../config/defaults.ts';
import type { SafetyConfig } from '../config/safety-config.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import { HOME, kinematics, model, names, PERIOD } from './arm.ts';

const FINGERS = ['finger_joint1', 'finger_joint2'];
const spec = (name: string, modality: string, shape: readonly number[], rateHz: number): SignalSpec => ({
  name,
  modality,
  dtype: 'float64',
  shape,
  unit: '1',
  frame: '',
  rateHz,
});
const JOINTS: SignalSpec = { ...spec('joints', 'joints', [9], 500), names: [...names, ...FINGERS] };

export const STREAMS: readonly SignalSpec[] = [
  JOINTS,
  spec('wrench', 'wrench', [6], 500),
  { ...spec('camera', 'vision', [2, 2, 3], 20), dtype: 'uint8' },
  { ...spec('instruction', 'language', [], 0), dtype: 'string' },
];
export const TOOL: ToolLoad = { toolMass: 1, toolCentreOfMass: [0, 0, -0.05], ftInTool: [0, 0, -0.1, 0, 0, 0, 1] };

/** An arm that moves at once to the supervisor's output, its sensors, and a loop that moves it back and forth. */
export class IdealArm {
  readonly supervisor: Supervisor;
  /** True joint positions (rad). */
  readonly position = HOME.slice();
  /** True distance between the fingers (m). */
  width = 0.06;
  now = 0;
  powered = false;
  /** Force of the environment on the tool (N, base axes). */
  force: readonly number[] = [0, 0, 0];
  /** Error added to the measured force (N). */
  bias = 0;
  /** Measured efforts of the drives (Nm), fingers last; undefined if they are not measured. */
  effort: Float64Array | undefined;
  /** Streams that send nothing. */
  readonly silent = new Set<string>();
  /** Streams whose value does not change. */
  readonly frozen = new Set<string>();
  /** Changes a command before it is sent; undefined means that none is sent. */
  command: (position: Float64Array) => Float64Array | undefined = (position) => position;
  /** True for each heartbeat that is sent. */
  readonly beats = { loop: true, policy: true };
  /** Errors of the stamps (s). */
  readonly off = { commands: 0, sensors: 0 };
  readonly sent = HOME.slice();
  readonly #random = new Random(7, 'sensors');
  readonly #velocity = new Float64Array(names.length);
  readonly #last = new Map<string, StreamValue>();
  readonly #from = HOME.slice();
  readonly #pose = new Float64Array(7);
  #ticks = 0;
  #began = 0;

  constructor(config: SafetyConfig = DEFAULT_SAFETY, whileReady?: 'hold' | 'follow') {
    this.supervisor = new Supervisor({
      names,
      streams: STREAMS,
      model,
      kinematics,
      tool: TOOL,
      config,
      period: PERIOD,
      whileReady,
    });
  }

  /** The loop starts from the measured position of the arm and requests a start. */
  start() {
    this.#from.set(this.position);
    this.#began = this.now;
    return this.supervisor.start(this.now);
  }

  /** Runs periods of 2 ms: sensors, loop, supervisor, arm. */
  step(count = 1, each: () => void = () => {}): void {
    for (let i = 0; i < count; i++) {
      this.now += PERIOD;
      this.#ticks++;
      this.#publishSamples();
      this.#sendCommand();
      this.tick();
      each();
    }
  }

  /** Runs this long (s). */
  run(seconds: number, each?: () => void): void {
    this.step(Math.round(seconds / PERIOD), each);
  }

  /** Ticks the supervisor alone, and moves the arm. */
  tick(): void {
    const { place, position, powered } = this.supervisor.tick(this.now);
    this.powered = powered;
    if (place === 'unknown') return;
    this.sent.set(position);
    for (let i = 0; i < this.position.length; i++) {
      const before = this.position[i];
      if (powered) this.position[i] = position[i];
      this.#velocity[i] = (this.position[i] - before) / PERIOD;
    }
  }

  sample(stream: string, value: StreamValue, stamp = this.now + this.off.sensors): void {
    const kept = this.frozen.has(stream) ? (this.#last.get(stream) ?? value) : value;
    this.#last.set(stream, kept);
    if (!this.silent.has(stream))
      this.supervisor.acceptSample(stream, { value: kept, stamp, received: this.now }, this.now);
  }

  /** The wrench as the wrist sensor measures it, with the weight of the tool. */
  wrench(): Float64Array {
    kinematics.forward(this.position, this.#pose);
    const sensor = new Float64Array(4);
    quaternion.multiply(this.#pose, TOOL.ftInTool, sensor, 3, 3);
    const measured = new Float64Array(6);
    const [x, y, z] = this.force;
    quaternion.rotateInverse(sensor, [x, y, z - 9.81 * TOOL.toolMass], measured);
    for (let i = 0; i < 6; i++) measured[i] += this.#random.normal(0, i < 3 ? 0.15 : 0.005) + (i < 3 ? this.bias : 0);
    // Torque of the weight about the sensor; contact acts at the sensor's origin.
    const weight = new Float64Array(3);
    quaternion.rotateInverse(sensor, [0, 0, -9.81 * TOOL.toolMass], weight);
    const [cx, cy, cz] = TOOL.toolCentreOfMass;
    measured[3] += cy * weight[2] - cz * weight[1];
    measured[4] += cz * weight[0] - cx * weight[2];
    measured[5] += cx * weight[1] - cy * weight[0];
    return measured;
  }

  #publishSamples(): void {
    const noisy = (values: ArrayLike<number>) => Float64Array.from(values, (v) => v + this.#random.normal(0, 5e-5));
    this.sample('joints', {
      names: JOINTS.names!,
      position: noisy([...this.position, this.width / 2, this.width / 2]),
      velocity: noisy([...this.#velocity, 0, 0]),
      ...(this.effort && { effort: this.effort }),
    });
    this.sample('wrench', this.wrench());
    if (this.#ticks % 25 === 0) {
      const data = Uint8Array.from({ length: 12 }, () => this.#random.integer(256));
      this.sample('camera', { width: 2, height: 2, data });
    }
  }

  #sendCommand(): void {
    if (this.beats.loop) this.supervisor.beat('loop', this.now);
    if (this.beats.policy) this.supervisor.beat('policy', this.now);
    const t = this.now - this.#began;
    const command = this.command(this.#from.map((q, i) => q + 0.1 * (1 - Math.cos(2 * t)) * (i % 2 ? 1 : -1)));
    if (!command) return;
    const stamp = this.now + this.off.commands;
    this.supervisor.acceptCommand(
      { value: { position: command, gripperWidth: 0.06 }, stamp, received: stamp },
      this.now,
    );
  }
}

/** An arm that has run for a while. */
export function runningArm(config?: SafetyConfig, seconds = 0.5): IdealArm {
  const arm = new IdealArm(config);
  arm.step();
  const started = arm.start();
  if (!started.ok) throw new Error(started.reason);
  arm.run(seconds);
  return arm;
}

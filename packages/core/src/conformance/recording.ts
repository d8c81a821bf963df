import { commandJoints, GRIPPER } from '../ports/arm-command.ts';
import type { Robot } from '../ports/robot.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, JointState, StreamValue } from '../signals/values.ts';
import { assertHolds } from './check.ts';

/** A robot under test. `advance` runs it for a number of seconds of its own clock. */
export interface RobotUnderTest {
  readonly robot: Robot;
  advance(seconds: number): Promise<void>;
}

/** Records all samples that a robot publishes after the recording starts, with the end of each stream. */
export class Recording {
  readonly samples = new Map<string, Stamped<StreamValue>[]>();
  readonly completed = new Set<string>();
  readonly errors = new Map<string, unknown>();

  /** Subscribes to every stream of the spec. */
  constructor(robot: Robot) {
    for (const { name } of robot.spec.streams) {
      const list: Stamped<StreamValue>[] = [];
      this.samples.set(name, list);
      robot.stream(name).subscribe({
        next: (sample) => list.push(sample),
        error: (error) => this.errors.set(name, error),
        complete: () => this.completed.add(name),
      });
    }
  }

  samplesOf(name: string): readonly Stamped<StreamValue>[] {
    return this.samples.get(name) ?? [];
  }
}

/** Sends commands to the arm of a robot under test and reads its measured joints. */
export class Arm {
  readonly command: string;
  /** Joint names, in the order of the command's `position`. */
  readonly joints: readonly string[];
  readonly #robot: Robot;
  readonly #recording: Recording;

  constructor(robot: Robot, recording: Recording) {
    this.#robot = robot;
    this.#recording = recording;
    const spec = robot.spec.commands.find((each) => each.names?.includes(GRIPPER)) ?? robot.spec.commands[0];
    assertHolds(spec !== undefined, `robot ${robot.spec.name}: the spec has no command`);
    assertHolds(spec.names !== undefined, `command ${spec.name}: the spec has no names; joints bind by name`);
    this.command = spec.name;
    this.joints = commandJoints(spec);
  }

  /** Newest measured joint positions (rad), in the order of `joints`. */
  measuredJoints(): Float64Array {
    const sample = this.#recording.samplesOf('joints').at(-1);
    assertHolds(sample !== undefined, 'joints: no sample came');
    const { names, position } = sample.value as JointState;
    return Float64Array.from(this.joints, (joint) => position[names.indexOf(joint)]);
  }

  send(position: Float64Array, gripperWidth = 0.04, name = this.command): void {
    const now = this.#robot.clock.now();
    const value: ArmCommand = { position, gripperWidth };
    this.#robot.command(name, { value, stamp: now, received: now });
  }
}

/** The buffers that a sample consists of. */
export function buffersOf(value: StreamValue): readonly (Uint8Array | Float64Array)[] {
  if (typeof value === 'string') return [];
  if (ArrayBuffer.isView(value)) return [value as Float64Array];
  if ('data' in value) return [value.data];
  return value.effort ? [value.position, value.velocity, value.effort] : [value.position, value.velocity];
}

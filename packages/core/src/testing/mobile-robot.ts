import { type Observable, Subject } from 'rxjs';
import { CommandError, UnknownStreamError } from '../errors/errors.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { Robot } from '../ports/robot.ts';
import { SimulatedClock } from '../signals/clock.ts';
import type { RobotSpec, SignalSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, BaseCommand, RobotCommand, StreamValue } from '../signals/values.ts';
import { HOME_JOINTS_RAD, sevenJointArm } from './serial-arm.ts';

/** The seven-joint arm with a prefix before the names of its joints. */
export function namedArm(prefix: string): Kinematics {
  const arm = sevenJointArm();
  return {
    jointNames: arm.jointNames.map((name) => `${prefix}_${name}`),
    lower: arm.lower,
    upper: arm.upper,
    maxVelocity: arm.maxVelocity,
    forward: (joints, out) => arm.forward(joints, out),
    jacobian: (joints, out) => arm.jacobian(joints, out),
  };
}

/** Arms of a {@link MobileRobot} by command. */
export const ARMS = { left: namedArm('left'), right: namedArm('right') };

const JOINT_NAMES = [...ARMS.left.jointNames, 'left_finger', ...ARMS.right.jointNames, 'right_finger'];
const armCommand = (name: 'left' | 'right'): SignalSpec => ({
  name,
  modality: 'joints',
  dtype: 'float64',
  shape: [8],
  unit: [...ARMS[name].jointNames.map(() => 'rad'), 'm'],
  frame: '',
  rateHz: 500,
  names: [...ARMS[name].jointNames, 'gripper'],
});

const SPEC: RobotSpec = {
  name: 'mobile',
  streams: [
    {
      name: 'joints',
      modality: 'joints',
      dtype: 'float64',
      shape: [JOINT_NAMES.length],
      unit: JOINT_NAMES.map((name) => (name.endsWith('finger') ? 'm' : 'rad')),
      frame: '',
      rateHz: 500,
      names: JOINT_NAMES,
    },
    {
      name: 'wrench.right',
      modality: 'wrench',
      dtype: 'float64',
      shape: [6],
      unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
      frame: 'right_sensor',
      rateHz: 500,
    },
  ],
  commands: [
    armCommand('left'),
    armCommand('right'),
    {
      name: 'base',
      modality: 'base',
      dtype: 'float64',
      shape: [2],
      unit: ['m/s', 'rad/s'],
      frame: '',
      rateHz: 50,
      names: ['vx', 'wz'],
    },
  ],
};

const isArmCommand = (value: RobotCommand): value is ArmCommand => 'position' in value;

/** Two arms on a driven base, without physics, for tests: joints are at the last commanded position. A step is 2 ms. */
export class MobileRobot implements Robot {
  readonly spec = SPEC;
  readonly clock = new SimulatedClock();
  readonly position = { left: HOME_JOINTS_RAD.slice(), right: HOME_JOINTS_RAD.slice() };
  readonly width = { left: 0.04, right: 0.04 };
  /** Last twist: vx (m/s) and wz (rad/s). */
  readonly twist = new Float64Array(2);
  /** Commands that the robot refuses. */
  readonly refused = new Set<string>();
  /** Measured wrench of the right arm (N, Nm), set by the test. */
  readonly wrench = new Float64Array(6);
  readonly #streams = new Map(SPEC.streams.map(({ name }) => [name, new Subject<Stamped<StreamValue>>()]));
  #step = 0;

  stream(name: string): Observable<Stamped<StreamValue>> {
    const stream = this.#streams.get(name);
    if (!stream) throw new UnknownStreamError(`robot mobile: no stream ${name}`);
    return stream.asObservable();
  }

  command(name: string, { value }: Stamped<RobotCommand>): void {
    if (this.refused.has(name)) throw new CommandError(`${name}: the drives are off`);
    if (name === 'base') this.twist.set((value as BaseCommand).twist);
    else if ((name === 'left' || name === 'right') && isArmCommand(value)) {
      this.position[name].set(value.position);
      this.width[name] = value.gripperWidth;
    } else throw new CommandError(`robot mobile: no command ${name}`);
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    for (const stream of this.#streams.values()) stream.complete();
  }

  /** Advances the clock by 2 ms and publishes the joints and the wrench. */
  step(): void {
    this.clock.advanceTo(++this.#step * 0.002);
    const { position: at, width } = this;
    const position = Float64Array.of(...at.left, width.left, ...at.right, width.right);
    const stamp = this.clock.now();
    const value = { names: JOINT_NAMES, position, velocity: new Float64Array(JOINT_NAMES.length) };
    this.#streams.get('joints')?.next({ value, stamp, received: stamp });
    this.#streams.get('wrench.right')?.next({ value: this.wrench.slice(), stamp, received: stamp });
  }
}

import { quaternion } from '../math/index.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { JointState } from '../signals/values.ts';
import { indicesOf } from './bind-joints.ts';

const DEFAULT_FINGER_JOINTS = ['finger_joint1', 'finger_joint2'];

/** Pose of the tool and width of the gripper, computed from joint states. Joints bind by name. */
export class EndEffectorState {
  static readonly spec = {
    modality: 'joints',
    dtype: 'float64',
    shape: [8],
    unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'],
    names: ['x', 'y', 'z', 'rx', 'ry', 'rz', 'width', 'width_velocity'],
  } as const satisfies Partial<SignalSpec>;

  /** Measured positions of the chain's joints (rad), in the order of the kinematics; NaN before the first sample. */
  readonly joints: Float64Array;
  /** Measured tool pose in the base frame `[x, y, z, qx, qy, qz, qw]`; NaN before the first sample. */
  readonly pose = new Float64Array(7).fill(Number.NaN);
  /** Gripper width (m); NaN before the first sample. */
  width = Number.NaN;
  /** False before the first sample. */
  known = false;
  readonly #kinematics: Kinematics;
  readonly #fingers: readonly string[];
  #names: readonly string[];
  #arm: Int32Array;
  #finger: Int32Array;

  /**
   * @param spec spec of the joint state stream
   * @param fingers joints whose positions add up to the gripper width (m)
   * @throws {BindError} when the stream lacks one of the joints.
   */
  constructor(kinematics: Kinematics, spec: SignalSpec, fingers: readonly string[] = DEFAULT_FINGER_JOINTS) {
    this.#kinematics = kinematics;
    this.#fingers = fingers;
    this.joints = new Float64Array(kinematics.jointNames.length).fill(Number.NaN);
    this.#names = spec.names ?? [];
    this.#arm = indicesOf(kinematics.jointNames, this.#names, `stream ${spec.name}`);
    this.#finger = indicesOf(fingers, this.#names, `stream ${spec.name}`);
  }

  /** Computes one sample of `ee_state`: `[x, y, z, rx, ry, rz, width, width velocity]` (m, rad, m/s) as a new array. */
  computeSample(state: JointState): Float64Array {
    if (state.names !== this.#names) this.#resolveIndices(state.names);
    for (let i = 0; i < this.joints.length; i++) this.joints[i] = state.position[this.#arm[i]];
    this.#kinematics.forward(this.joints, this.pose);
    const out = new Float64Array(8);
    out[0] = this.pose[0];
    out[1] = this.pose[1];
    out[2] = this.pose[2];
    quaternion.toRotationVector(this.pose, out, 3, 3);
    for (let i = 0; i < this.#finger.length; i++) {
      out[6] += state.position[this.#finger[i]];
      out[7] += state.velocity[this.#finger[i]];
    }
    this.width = out[6];
    this.known = true;
    return out;
  }

  #resolveIndices(names: readonly string[]): void {
    this.#arm = indicesOf(this.#kinematics.jointNames, names, 'joint state');
    this.#finger = indicesOf(this.#fingers, names, 'joint state');
    this.#names = names;
  }
}

import {
  ACTION_SPACES,
  type ActionChunk,
  type ActionSpec,
  actionsOf,
  InputError,
  interpolateBlock,
  type Kinematics,
  POSE_SIZE,
  type PolicySpec,
  rowAt,
} from '@praxis/core';
import type { RobotSetup } from '@praxis/sim';
import { type DatasetReader, elementNames } from '@praxis/wire/lerobot';
import { ACTION, STATE } from '../export/frame-layout.ts';

/** Name of the gripper's width among the actions of an export. */
const GRIPPER = 'gripper';

/** One number of an action that is compared. */
export interface ComparedElement {
  /** Name of the policy's action, with that of its element: `arm.joint1`, `arm.x`, `arm.rotation`, `gripper`. */
  readonly name: string;
  readonly unit: 'rad' | 'm';
}

/** Numbers of the elements; for `rotation` that from the recorded orientation, 0 for the recorded one itself (rad). */
export type ComparedRow = readonly number[];

/** How one action of the policy is compared with the recorded ones. */
interface ComparedAction {
  readonly spec: ActionSpec;
  readonly elements: readonly ComparedElement[];
  /** @param target the policy's numbers @param recorded a row of positions by name */
  compare(target: Float64Array, recorded: NamedRow): { readonly values: ComparedRow; readonly recorded: ComparedRow };
}

type NamedRow = (name: string) => number;

/**
 * Compares the actions of a policy with the recorded ones, which are positions of joints and the width of the gripper (rad, m): joints by name,
 * a pose of the tool with the one that the recorded joints reach, and widths.
 */
export class ComparedActions {
  readonly elements: readonly ComparedElement[];
  /** Actions of the policy that no dataset has, such as stiffness. */
  readonly left: readonly string[];
  readonly #actions: readonly ComparedAction[];
  readonly #action: readonly string[];
  readonly #state: readonly string[];
  readonly #fingers: readonly string[];
  readonly #period: number;

  /** @throws {InputError} for a policy of velocities, and for joints that the recorded actions lack */
  constructor({ name, info: { features, fps } }: DatasetReader, policy: PolicySpec, setup: RobotSetup) {
    if (!features[ACTION]) throw new InputError(`${name}: has no feature ${ACTION}`);
    this.#action = elementNames(features[ACTION]);
    this.#state = elementNames(features[STATE]);
    this.#fingers = setup.gripper?.streamNames ?? [];
    this.#period = 1 / fps;
    const need = (names: readonly string[], what: string) => {
      const missing = names.filter((each) => !this.#action.includes(each));
      if (missing.length > 0)
        throw new InputError(
          `${name}: ${ACTION} lacks ${missing.join(', ')}, with which ${what} of policy ${policy.name} is compared; its elements are ${this.#action.join(', ')}`,
        );
    };
    const specs = actionsOf(policy);
    const isCompared = ({ space }: ActionSpec) => ['motion', 'gripper'].includes(ACTION_SPACES[space].commands);
    this.left = specs.filter((spec) => !isCompared(spec)).map((spec) => spec.name);
    this.#actions = specs.filter(isCompared).map((spec): ComparedAction => {
      if (spec.space === 'ee_twist' || spec.space === 'joint_velocity')
        throw new InputError(
          `${name}: policy ${policy.name} gives ${spec.space}, expected positions as ${ACTION} has them`,
        );
      if (spec.space === 'gripper') {
        need([GRIPPER], spec.name);
        return {
          spec,
          elements: [{ name: spec.name, unit: 'm' }],
          compare: ([width], recorded) => ({ values: [width], recorded: [recorded(GRIPPER)] }),
        };
      }
      if (spec.space.startsWith('joint_')) {
        need(spec.names, spec.name);
        return {
          spec,
          elements: spec.names.map((joint) => ({ name: `${spec.name}.${joint}`, unit: 'rad' })),
          compare: (target, recorded) => ({ values: [...target], recorded: spec.names.map(recorded) }),
        };
      }
      need(setup.kinematics.jointNames, spec.name);
      return poseAction(spec, setup.kinematics);
    });
    this.elements = this.#actions.flatMap(({ elements }) => elements);
  }

  /**
   * The policy's target one frame later, which is what a frame has as action, and the recorded one.
   * @param chunk absolute, as a loop follows it
   */
  compare(
    chunk: ActionChunk,
    action: ArrayLike<number>,
  ): { readonly values: ComparedRow; readonly recorded: ComparedRow } {
    const row = rowAt(chunk, chunk.stamp + this.#period);
    const recorded: NamedRow = (name) => action[this.#action.indexOf(name)];
    return joined(
      this.#actions.map(({ spec, compare }) => {
        const block = chunk.blocks[spec.name];
        const target = new Float64Array(block.data.length / chunk.horizon);
        interpolateBlock(block, row, chunk.horizon, target);
        return compare(target, recorded);
      }),
    );
  }

  /** What a robot that stays where it is would do, beside the recorded action. @param state measured positions, as the dataset has them */
  standing(
    state: ArrayLike<number>,
    action: ArrayLike<number>,
    kinematics: Kinematics,
  ): { readonly values: ComparedRow; readonly recorded: ComparedRow } {
    const at = (name: string) => state[this.#state.indexOf(name)];
    const width = this.#fingers.reduce((sum, name) => sum + at(name), 0);
    const recorded: NamedRow = (name) => action[this.#action.indexOf(name)];
    return joined(
      this.#actions.map(({ spec, compare }) => {
        if (spec.space === 'gripper') return compare(Float64Array.of(width), recorded);
        if (spec.space.startsWith('joint_')) return compare(Float64Array.from(spec.names, at), recorded);
        return compare(poseOf(kinematics, at), recorded);
      }),
    );
  }
}

const joined = (rows: readonly { readonly values: ComparedRow; readonly recorded: ComparedRow }[]) => ({
  values: rows.flatMap(({ values }) => values),
  recorded: rows.flatMap(({ recorded }) => recorded),
});

/** Pose of the tool `[x, y, z, qx, qy, qz, qw]` in the base frame (m) that joints reach. */
function poseOf(kinematics: Kinematics, at: NamedRow): Float64Array {
  const pose = new Float64Array(POSE_SIZE);
  kinematics.forward(Float64Array.from(kinematics.jointNames, at), pose);
  return pose;
}

const poseAction = (spec: ActionSpec, kinematics: Kinematics): ComparedAction => ({
  spec,
  elements: [
    ...['x', 'y', 'z'].map((axis): ComparedElement => ({ name: `${spec.name}.${axis}`, unit: 'm' })),
    { name: `${spec.name}.rotation`, unit: 'rad' },
  ],
  compare(target, recorded) {
    const wanted = poseOf(kinematics, recorded);
    return {
      values: [...target.subarray(0, 3), angleBetween(target.subarray(3, 7), wanted.subarray(3, 7))],
      recorded: [...wanted.subarray(0, 3), 0],
    };
  },
});

/** Angle of the rotation between two orientations (rad), 0..pi. A quaternion and its negative are one. */
const angleBetween = (a: Float64Array, b: Float64Array): number =>
  2 * Math.acos(Math.min(1, Math.abs(a.reduce((sum, value, i) => sum + value * b[i], 0))));

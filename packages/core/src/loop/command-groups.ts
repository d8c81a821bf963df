import { ACTION_SPACES } from '../actions/spaces.ts';
import { type ActionChunk, referenceOf } from '../actions/specs.ts';
import { ArmController, type ArmTargets } from '../control/arm-controller.ts';
import { BaseController } from '../control/base-controller.ts';
import { type ControlState, TargetFollower } from '../control/target-follower.ts';
import { BindError } from '../errors/errors.ts';
import type { PolicySpec } from '../ports/policy.ts';
import { ArmOutput } from './arm-output.ts';
import { BaseOutput } from './base-output.ts';
import { type ArmGroup, type BoundAction, bindActions } from './bind-actions.ts';
import type { DerivedStreams } from './derived.ts';
import type { EndEffectorState } from './end-effector-state.ts';
import type { ArmOptions, ControlLoopOptions } from './options.ts';
import { type ActionContext, type ChunkReference, inUnit, prepareChunk } from './prepare-chunk.ts';
import { ToolContact } from './tool-contact.ts';

/** One command of the robot, what moves it, and what sends it. */
interface CommandGroup {
  readonly name: string;
  reset(): void;
  move(state: ControlState, now: number, dt: number): void;
  send(now: number): void;
}

interface Arm {
  readonly options: ArmOptions;
  readonly measured: EndEffectorState;
  readonly controller: ArmController;
}

/** The default of a gripper whose robot does not say its range (m). */
const DEFAULT_GRIPPER_RANGE: readonly [number, number] = [0, 0.08];

/**
 * The command groups of one loop: binds the actions of a policy to them, makes the controller for each, and moves and stops all of
 * them together.
 */
export class CommandGroups {
  readonly #mainName: string;
  readonly #policy: PolicySpec;
  readonly #follower: TargetFollower;
  readonly #actions: readonly ActionContext[];
  readonly #arms = new Map<string, Arm>();
  readonly #groups: CommandGroup[] = [];
  readonly #bases: { readonly name: string; readonly controller: BaseController; readonly output: BaseOutput }[] = [];
  /** Groups whose last command the robot refused. */
  readonly #refusing = new Set<string>();

  /** @throws {BindError} when the robot lacks what an action needs, or they differ; the message names both. */
  constructor(options: ControlLoopOptions, derived: DerivedStreams) {
    const { robot, policy, kinematics, command = 'arm', scheduler, workspace, baseFrame, controller } = options;
    const { gripperRange = DEFAULT_GRIPPER_RANGE } = robot.spec;
    const { tool } = options;
    const main = kinematics && { kinematics, baseFrame, workspace, tool, controller: { gripperRange, ...controller } };
    const others = Object.entries(options.arms ?? {});
    const arms = new Map<string, ArmOptions>(main ? [[command, main], ...others] : others);
    const outputs = new Map<string, ArmOutput>();
    for (const [name, arm] of arms) {
      outputs.set(name, new ArmOutput(robot, name, arm.kinematics));
    }
    this.#mainName = command;
    this.#policy = policy.spec;
    const bound = bindActions(policy.spec, robot.spec, new Map([...arms].map(groupOf)), command);
    const size = bound.reduce((sum, each) => sum + each.size, 0);
    this.#follower = new TargetFollower(scheduler, size, controller?.holdAfter);
    this.#actions = bound.map((each): ActionContext => {
      const arm = arms.get(each.command.name);
      const { workspace, kinematics, controller: { gripperRange = DEFAULT_GRIPPER_RANGE } = {} } = arm ?? {};
      return { bound: each, workspace, kinematics, gripperRange };
    });
    for (const [name, arm] of arms) {
      const measured = name === command ? derived.endEffector : derived.endEffectors.get(name)!;
      const sensed = name === command ? derived.contact : derived.contacts.get(name);
      this.#addArm(name, arm, measured, new ToolContact(sensed, measured, arm.tool), outputs.get(name)!, bound);
    }
    for (const each of bound) {
      if (each.space !== 'base_twist') continue;
      const { name, names = [] } = each.command;
      const order = names.map((element) => each.spec.names.indexOf(element));
      const base = new BaseController(names, this.#view(each), order, options.bases?.[name]);
      const output = new BaseOutput(robot, name, base.twist);
      this.#bases.push({ name, controller: base, output });
      this.#groups.push({
        name,
        reset: () => base.reset(),
        move: (state, _, dt) => base.move(state, dt),
        send: (now) => output.send(now),
      });
    }
  }

  /** Controller of the main arm. @throws {BindError} for a robot without one */
  get main(): ArmController {
    const arm = this.#arms.get(this.#mainName);
    if (!arm)
      throw new BindError(`control loop: no arm ${this.#mainName}, only ${this.#groups.map(nameOf).join(', ')}`);
    return arm.controller;
  }

  /** State of control, the same for all groups. */
  get state(): ControlState {
    return this.#follower.state;
  }

  /** The actions of the policy in the order in which the scheduler returns them. */
  get actions(): readonly ActionContext[] {
    return this.#actions;
  }

  /** False until every arm was measured. */
  get known(): boolean {
    for (const { measured } of this.#arms.values()) if (!measured.known) return false;
    return true;
  }

  /** Starts at rest where the arms were measured. */
  reset(now: number): void {
    for (const group of this.#groups) group.reset();
    this.#refusing.clear();
    this.#follower.reset(now);
  }

  /** Brakes all groups until the scheduler returns an action again. */
  hold(): void {
    this.#follower.hold();
  }

  /** The values from which the relative actions of a chunk count whose observation is made now. */
  reference(): ChunkReference {
    return this.#actions.map(({ bound, gripperRange }) => {
      const counts = referenceOf(bound.spec);
      const arm = this.#arms.get(bound.command.name);
      if (!arm || (counts === 'absolute' && bound.spec.alternative === undefined)) return undefined;
      return counts === 'observation' ? measuredOf(bound, arm, gripperRange) : this.#targetOf(bound, arm, gripperRange);
    });
  }

  /** See {@link prepareChunk}. @throws {PolicyError} when the chunk must not be followed */
  prepare(chunk: ActionChunk, reference: ChunkReference): ActionChunk {
    return prepareChunk(this.#policy, this.#actions, chunk, reference);
  }

  /**
   * Computes the control period of every group that ends at `now` (s). While the robot refuses a command of one of several groups, all
   * of them brake.
   */
  move(now: number): ControlState {
    const dt = this.#follower.advance(now);
    const { state } = this.#follower;
    const blocked = this.#groups.length > 1 && this.#refusing.size > 0 && state !== 'waiting';
    for (const group of this.#groups) group.move(blocked ? 'holding' : state, now, dt);
    return state;
  }

  /**
   * Sends the command of every group.
   * @param onRefused called with the error when the robot refuses one; `isFirst` is false while it goes on refusing
   */
  send(now: number, onRefused: (error: unknown, isFirst: boolean) => void): void {
    for (const group of this.#groups) {
      try {
        group.send(now);
        this.#refusing.delete(group.name);
      } catch (error) {
        const isFirst = !this.#refusing.has(group.name);
        this.#refusing.add(group.name);
        onRefused(error, isFirst);
      }
    }
  }

  /** Stops the bases at once: unlike an arm, a base that keeps its last command goes on moving. */
  stopBases(now: number, onRefused: (error: unknown) => void): void {
    for (const { controller, output } of this.#bases) {
      controller.stop();
      try {
        output.send(now);
      } catch (error) {
        onRefused(error);
      }
    }
  }

  #addArm(
    name: string,
    options: ArmOptions,
    measured: EndEffectorState,
    contact: ToolContact,
    output: ArmOutput,
    bound: readonly BoundAction[],
  ): void {
    const targets = this.#targetsOf(name, options, bound);
    const controller = new ArmController(options.kinematics, targets, options.controller);
    this.#arms.set(name, { options, measured, controller });
    this.#groups.push({
      name,
      reset: () => controller.reset(measured.joints, measured.width),
      move: (state, now, dt) => controller.move(state, dt, contact.wrenchAt(now)),
      send: (now) => output.send(controller.joints, controller.gripperWidth, now),
    });
  }

  #targetsOf(name: string, { kinematics }: ArmOptions, bound: readonly BoundAction[]): ArmTargets {
    const find = (commands: string): BoundAction | undefined =>
      bound.find((each) => each.command.name === name && ACTION_SPACES[each.spec.space].commands === commands);
    const viewOf = (each: BoundAction | undefined) => each && this.#view(each);
    const gripper = viewOf(find('gripper'));
    const action = find('motion');
    if (!action) return { motion: { space: 'none', motion: new Float64Array(0), order: [] }, gripper };
    const motion = this.#view(action);
    if (action.space === 'joint_position' || action.space === 'joint_velocity') {
      const order = kinematics.jointNames.map((joint) => action.spec.names.indexOf(joint));
      const space = action.space === 'joint_position' ? 'position' : 'velocity';
      return { motion: { space, motion, order }, gripper };
    }
    const [stiffness, force] = [viewOf(find('stiffness')), viewOf(find('wrench'))];
    return { motion: { space: action.space === 'ee_pose' ? 'pose' : 'twist', motion, stiffness, force }, gripper };
  }

  #view({ offset, size }: BoundAction): Float64Array {
    return this.#follower.row.subarray(offset, offset + size);
  }

  /** The target that the arm follows; where it stands without actions, what is commanded. */
  #targetOf(bound: BoundAction, { controller, options }: Arm, range: readonly [number, number]): Float64Array {
    const { state } = this.#follower;
    const follows = state === 'tracking' || state === 'empty';
    if (bound.space === 'gripper') {
      return Float64Array.of(inUnit(bound, follows ? this.#view(bound)[0] : controller.gripperWidth, range));
    }
    if (follows) return this.#view(bound).slice();
    return bound.space === 'ee_pose' ? controller.pose.slice() : inOrder(bound, controller.joints, options);
  }
}

const nameOf = ({ name }: CommandGroup): string => name;

const groupOf = ([name, { kinematics, baseFrame = 'base_link', controller }]: readonly [string, ArmOptions]) => {
  const group: ArmGroup = { kinematics, baseFrame, compliant: controller?.admittance !== undefined };
  return [name, group] as const;
};

/** Positions of joints in the order of an action. */
const inOrder = ({ spec }: BoundAction, joints: Float64Array, { kinematics }: ArmOptions): Float64Array =>
  Float64Array.from(spec.names, (name) => joints[kinematics.jointNames.indexOf(name)]);

function measuredOf(bound: BoundAction, { measured, options }: Arm, range: readonly [number, number]): Float64Array {
  if (bound.space === 'gripper') return Float64Array.of(inUnit(bound, measured.width, range));
  return bound.space === 'ee_pose' ? measured.pose.slice() : inOrder(bound, measured.joints, options);
}

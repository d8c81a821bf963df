import {
  type ActionBlock,
  type ActionChunk,
  type ActionSpec,
  ARM_POSE,
  EE_STATE,
  GRIPPER_WIDTH,
  InputError,
  type Observation,
  type Policy,
  type PolicyInputSpec,
  type PolicySpec,
} from '@praxis/core';
import { DEFAULT_TIMING } from './motion-options.ts';
import type { MotionPolicy } from './motion-policy.ts';
import type { PilotedArm } from './piloted-arm.ts';

/** Elements of the command of a base with two driven wheels: velocity ahead (m/s) and turning to the left (rad/s). */
const TWIST_NAMES = ['vx', 'wz'] as const;

/** One arm of a {@link HandPolicy}. */
export interface HandArm {
  /** Moves the tool by goals; its base frame is that of the arm. */
  readonly motion: MotionPolicy;
  readonly gripper: 'present' | 'absent';
}

/** Command groups that a {@link HandPolicy} moves. */
export interface HandPolicyOptions {
  /** Arms by the names of their commands. */
  readonly arms: Readonly<Record<string, HandArm>>;
  /** Names of the commands of driven bases with two wheels. */
  readonly bases: readonly string[];
}

/**
 * Lets a person move a robot of several command groups: each arm by goals of a {@link MotionPolicy} of its own, each base by a
 * velocity. A group that nobody moves stands. It is a {@link Policy}, so loop, controllers and supervisors treat what a person
 * wants as the actions of any other policy.
 *
 * @example
 * const policy = new HandPolicy({ arms: { left: { motion: left, gripper: 'present' } }, bases: ['base'] });
 * policy.setTwist('base', 0.3, 0);
 * policy.arm('left').start(1, { kind: 'home', speedFactor: 0.5 });
 */
export class HandPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #arms: ReadonlyMap<string, HandArm>;
  readonly #twists: ReadonlyMap<string, Float64Array>;

  /** @throws {InputError} without any group */
  constructor({ arms, bases }: HandPolicyOptions) {
    this.#arms = new Map(Object.entries(arms));
    this.#twists = new Map(bases.map((name) => [name, new Float64Array(TWIST_NAMES.length)]));
    if (this.#arms.size + this.#twists.size === 0) throw new InputError('motion by hand: no arm and no base');
    this.spec = {
      name: 'hand',
      inputs: [...this.#arms].map(([name, { motion }]) => stateOf(name, motion)),
      actions: [...[...this.#arms].flatMap(armActions), ...bases.map(baseAction)],
      ...DEFAULT_TIMING,
    };
  }

  /** Names of the commands of the bases. */
  get bases(): readonly string[] {
    return [...this.#twists.keys()];
  }

  /** The arm of a command, as a {@link VoicePilot} moves it. @throws {InputError} for another name */
  arm(name: string): PilotedArm {
    const arm = this.#arms.get(name);
    if (!arm)
      throw new InputError(`motion by hand: no arm ${name}, only ${[...this.#arms.keys()].join(', ') || 'bases'}`);
    const { motion } = arm;
    return {
      motion,
      start: (id, goal) => motion.start(id, goal),
      hold: () => motion.hold(),
      suspend: (why) => motion.suspend(why),
      restore: () => motion.restore(),
      resume() {},
      instruct() {},
    };
  }

  /**
   * Sets the velocity of a base, which holds until the next one: the caller ends it.
   * @param linear velocity ahead (m/s)
   * @param angular turning to the left (rad/s)
   * @throws {InputError} for another name, and for a velocity that is not finite
   */
  setTwist(name: string, linear: number, angular: number): void {
    const twist = this.#twists.get(name);
    if (!twist)
      throw new InputError(`motion by hand: no base ${name}, only ${[...this.#twists.keys()].join(', ') || 'arms'}`);
    if (!Number.isFinite(linear) || !Number.isFinite(angular))
      throw new InputError(`motion by hand: ${name} at ${linear} m/s and ${angular} rad/s, expected finite velocities`);
    twist.set([linear, angular]);
  }

  /** Brakes every arm along its path, and stops every base. */
  hold(): void {
    for (const { motion } of this.#arms.values()) motion.hold();
    for (const twist of this.#twists.values()) twist.fill(0);
  }

  /** @throws {PolicyError} when the pose of a tool is missing, too old or not finite */
  async infer(observation: Observation): Promise<ActionChunk> {
    const blocks: Record<string, ActionBlock> = {};
    for (const [name, { motion, gripper }] of this.#arms) {
      const chunk = await motion.infer(observationOf(observation, name));
      blocks[blockName(name, ARM_POSE)] = chunk.blocks[ARM_POSE.name];
      if (gripper === 'present') blocks[blockName(name, GRIPPER_WIDTH)] = chunk.blocks[GRIPPER_WIDTH.name];
    }
    const { horizon, actionPeriod: period } = this.spec;
    for (const [name, twist] of this.#twists) {
      const data = Float64Array.from({ length: horizon * twist.length }, (_, i) => twist[i % twist.length]);
      blocks[name] = { space: 'base_twist', data };
    }
    return { stamp: observation.stamp, period, horizon, blocks, gates: {} };
  }

  /** Clears all state; a goal in execution gets no result, and bases stand. */
  reset(): void {
    for (const { motion } of this.#arms.values()) motion.reset();
    for (const twist of this.#twists.values()) twist.fill(0);
  }

  async close(): Promise<void> {
    for (const { motion } of this.#arms.values()) await motion.close();
  }
}

/** Name of the stream with the state of an arm's tool. */
const stateName = (arm: string): string => `${EE_STATE}.${arm}`;
const blockName = (arm: string, { name }: ActionSpec): string => `${arm}.${name}`;

/** The input of an arm's motion policy, under the name that the stream has beside other arms. */
const stateOf = (arm: string, { spec }: MotionPolicy): PolicyInputSpec => ({ ...spec.inputs[0], name: stateName(arm) });

/** What the motion policy of one arm gets of an observation. */
function observationOf({ stamp, inputs }: Observation, arm: string): Observation {
  const input = inputs.get(stateName(arm));
  const [state] = input?.present ? (input.samples as readonly Float64Array[]) : [];
  return { stamp, inputs, ...(state ? { reference: { state, age: input!.age } } : {}) };
}

const armActions = ([name, { gripper }]: readonly [string, HandArm]): readonly ActionSpec[] =>
  [ARM_POSE, ...(gripper === 'present' ? [GRIPPER_WIDTH] : [])].map((action) => {
    return { ...action, name: blockName(name, action), group: name };
  });

const baseAction = (name: string): ActionSpec => ({
  ...{ name, group: name, space: 'base_twist', names: TWIST_NAMES, frame: '' },
  unit: TWIST_NAMES.map((element) => (element === 'wz' ? 'rad/s' : 'm/s')),
});

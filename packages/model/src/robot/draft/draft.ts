import { errorMessage, InputError } from '@praxis/core';
import type { RobotModel } from '../../description/robot-model.ts';
import { chainKinematics } from '../../kinematics/chain.ts';
import { KinematicTree } from '../../kinematics/tree.ts';
import type { LinkShapes } from '../analysis/link-shapes.ts';
import { LinkTree } from '../analysis/rigid-groups.ts';
import { SelfCollision } from '../analysis/self-collision.ts';
import type { ArmDefinition, FrameDefinition, RobotDefinition } from '../definition.ts';
import { withFrames } from '../frames.ts';
import { type FoundArm, findArms } from './find-arms.ts';
import { findCameras, findWristSensor } from './find-frames.ts';
import { findGripper } from './find-gripper.ts';
import { findHome } from './find-home.ts';
import type { Guess } from './guess.ts';

/** A drafted `robot.yaml`. */
export interface RobotDraft {
  readonly definition: Pick<
    RobotDefinition,
    'name' | 'description' | 'srdf' | 'frames' | 'arms' | 'cameras' | 'limits' | 'servos'
  >;
  /** Every value that the description does not state, in the order of the file. */
  readonly guesses: readonly Guess[];
}

/** Shapes of links by name: convex hulls, and pieces that leave the space between the jaws of a gripper free. */
export type DraftShapes = Pick<LinkShapes, 'byLink' | 'pieces'>;

class Drafter {
  readonly guesses: Guess[] = [];
  readonly frames: Record<string, FrameDefinition> = {};
  readonly #tree: KinematicTree;
  readonly #links: LinkTree;
  readonly #shapes: DraftShapes;
  readonly #collision: SelfCollision;

  constructor(model: RobotModel, shapes: DraftShapes) {
    this.#tree = new KinematicTree(model);
    this.#links = new LinkTree(model);
    this.#shapes = shapes;
    this.#collision = new SelfCollision(this.#tree, shapes.byLink);
  }

  arm(found: FoundArm): ArmDefinition {
    const { name, base, joints } = found;
    const gripper = findGripper(found, this.#tree, this.#shapes.byLink, this.#shapes.pieces);
    // A gripper alone has no arm that would move its tool.
    const grasp = joints.length > 0 ? gripper?.tool : undefined;
    const tool = grasp ?? found.tool;
    for (const [frame, definition] of Object.entries(gripper?.frames ?? {})) {
      if (frame === tool || frame !== gripper?.tool) this.frames[frame] = definition;
    }
    const key = `arms.${name}`;
    const names = joints.map((joint) => joint.name);
    this.#guess(`${key}.joints`, names.join(', ') || 'none', found.chainReason);
    this.#guess(`${key}.base`, base, joints.length > 0 ? `it carries ${names[0]}` : 'it carries the fingers');
    this.#guess(`${key}.tool`, tool, grasp === undefined ? found.toolReason : graspReason(found));
    const home = this.#home({ ...found, tool }, gripper?.gripper.open ?? {});
    this.guesses.push(...(gripper?.guesses ?? []));
    if (!gripper) this.#guess(`${key}.gripper`, 'none', 'no joint moves behind the tool');
    const sensor = findWristSensor(found, this.#links);
    if (sensor === undefined) this.#guess(`${key}.wristSensor`, 'none', 'no link is named as a force/torque sensor');
    else this.#guess(`${key}.wristSensor`, `${sensor}, 500 Hz`, 'the name is that of a force/torque sensor');
    return {
      ...{ base, tool, joints: names, home: [...home] },
      ...(gripper && { gripper: gripper.gripper }),
      ...(sensor !== undefined && { wristSensor: { frame: sensor, rate: 500 } }),
    };
  }

  #home({ name, base, tool, joints }: FoundArm, fingers: Readonly<Record<string, number>>): readonly number[] {
    if (joints.length === 0) return [];
    const model = withFrames(this.#tree.model, this.frames);
    const chain = chainKinematics(model, base, tool);
    const collides = (at: Readonly<Record<string, number>>) => this.#collision.at({ ...fingers, ...at }).length > 0;
    const { home, reason } = findHome(chain, tool, { tree: new KinematicTree(model), base, collides });
    this.#guess(`arms.${name}.home`, home.join(', '), reason);
    return home;
  }

  #guess(key: string, value: string, reason: string): void {
    this.guesses.push({ key, value, reason });
  }
}

/** Why the tool frame of an arm is an added one. */
const graspReason = ({ tool }: FoundArm): string =>
  `a frame of its own, 5 mm inside the ends of the fingers and between them, z out of the gripper; ${tool} is elsewhere or turned`;

/** Speeds of hobby and low-cost drives; a description without speeds is of such an arm more often than not. */
const CAUTIOUS_SPEED = { turning: Math.PI / 2, sliding: 0.1 } as const;

/** Cautious speeds of the commanded joints for which the description has none, as in every MJCF. */
function missingSpeeds(
  model: RobotModel,
  arms: readonly FoundArm[],
): { readonly limits: RobotDefinition['limits']; readonly guesses: readonly Guess[] } {
  const commanded = arms.flatMap(({ joints, gripper }) => [...joints, ...gripper.filter(({ mimic }) => !mimic)]);
  const lacking = commanded.filter(({ limit }) => (limit?.velocity ?? Infinity) === Infinity);
  const limits = Object.fromEntries(
    lacking.map(({ name, type }) => {
      const velocity = type === 'prismatic' ? CAUTIOUS_SPEED.sliding : CAUTIOUS_SPEED.turning;
      return [name, { velocity: Math.round(velocity * 100) / 100 }];
    }),
  );
  const guesses = lacking.map(({ name }) => ({
    key: `limits.${name}`,
    value: `velocity ${limits[name].velocity}`,
    reason: `${model.name || 'the description'} states no largest speed: a cautious one`,
  }));
  return { limits, guesses };
}

/**
 * Drafts what `robot.yaml` says of a robot, from its description alone.
 * @param description path of the description relative to robot.yaml
 * @param shapes of the links, for fingertips and overlaps; links without shapes take no part
 * @throws {InputError} when the robot has no joint that moves, or a chain has no kinematics
 */
export function draftRobot(model: RobotModel, description: string, shapes: DraftShapes): RobotDraft {
  const found = findArms(model);
  if (found.length === 0) throw new InputError(`${description}: no joint moves, expected an arm or a gripper`);
  const drafter = new Drafter(model, shapes);
  const name = model.name || 'robot';
  try {
    const arms = Object.fromEntries(found.map((each) => [each.name, drafter.arm(each)]));
    const { cameras, guesses } = findCameras(model);
    const rest: Guess[] = [
      ...(guesses.length > 0 ? guesses : [{ key: 'cameras', value: 'none', reason: 'no link is named as a camera' }]),
      { key: 'servos', value: 'auto', reason: 'gains follow from effort, inertia and rate' },
      { key: 'safety', value: 'derived', reason: 'settings follow from the limits and shapes of this robot' },
    ];
    const speeds = missingSpeeds(model, found);
    return {
      definition: { name, description, frames: drafter.frames, arms, cameras, limits: speeds.limits, servos: 'auto' },
      guesses: [...drafter.guesses, ...speeds.guesses, ...rest],
    };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${description}: ${errorMessage(error)}`, { cause: error });
    throw error;
  }
}

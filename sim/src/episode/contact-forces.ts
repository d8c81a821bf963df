import { bodyName } from '../mjcf/robot-bodies.ts';
import type { World } from '../mujoco/world.ts';
import type { Contact } from '../mujoco/world-view.ts';
import { gripperLinksOf } from '../robot/gripper-geometry.ts';
import type { RobotSetup } from '../robot/setup.ts';

type Force = readonly [number, number, number];

/** Names of bodies that are no robot's: `any` stands for all of them. */
const ANY = 'any';
/** Stands for the hand of the working arm with its fingers. */
const TOOL = 'tool';

const robotBodies = new WeakMap<
  RobotSetup,
  { readonly all: ReadonlySet<string>; readonly hand: ReadonlySet<string> }
>();

/** Names of the bodies of a robot, and of those of the gripper of its working arm. */
function bodiesOf(setup: RobotSetup) {
  let bodies = robotBodies.get(setup);
  if (!bodies) {
    const { model, workingArm } = setup;
    const hand = workingArm ? [...gripperLinksOf(setup, workingArm)] : [];
    const all = new Set(model.links.map(({ name }) => bodyName(name)));
    bodies = { all, hand: new Set(hand.map(bodyName)) };
    robotBodies.set(setup, bodies);
  }
  return bodies;
}

/** The true contact forces of one moment. It asks physics once, at the first question, because contacts cost more than a step. */
export class ContactForces {
  readonly #world: World;
  readonly #setup: RobotSetup;
  #contacts: readonly Contact[] | undefined;

  constructor(world: World, setup: RobotSetup) {
    this.#world = world;
    this.#setup = setup;
  }

  /** Returns the force of one body on another (N, world frame), by the names that `TaskState.force` has. */
  between(by: string, on: string): Force {
    this.#contacts ??= this.#world.contacts();
    const sum: [number, number, number] = [0, 0, 0];
    const [gives, takes] = [this.#test(by), this.#test(on)];
    for (const { bodies, force } of this.#contacts) {
      const sign = gives(bodies[0]) && takes(bodies[1]) ? 1 : gives(bodies[1]) && takes(bodies[0]) ? -1 : 0;
      for (let i = 0; i < 3; i++) sum[i] += sign * force[i];
    }
    return sum;
  }

  #test(name: string): (body: string) => boolean {
    const { all, hand } = bodiesOf(this.#setup);
    if (name === ANY) return (body) => !all.has(body);
    if (name === TOOL) return (body) => hand.has(body);
    this.#world.body(name);
    return (body) => body === name;
  }
}

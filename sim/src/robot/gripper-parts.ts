import type { Joint, RobotModel } from '@praxis/model';
import type { Coupling, RobotPhysics } from '../mjcf/robot-bodies.ts';
import { linksBelow } from './tool-load.ts';

/** The parts of a robot's physics that its gripper decides. */
export type GripperParts = Pick<RobotPhysics, 'couplings' | 'gripperLinks' | 'fingerLinks' | 'exclusions'>;

/**
 * Finds the links of a gripper and what they may touch. Links of one finger overlap at their joints and never collide with one
 * another nor with the body that carries them; different fingers do.
 * @param commanded joints that a command sets
 * @param couplings couplings of the commanded joints; those of joints that mimic others are added
 */
export function gripperParts(
  model: RobotModel,
  commanded: readonly string[],
  couplings: readonly Coupling[],
): GripperParts {
  const moving = gripperJoints(model, commanded);
  const fingerLinks = new Set(moving.flatMap(({ child }) => [...linksBelow(model, child)]));
  const fingers = fingersOf(model, moving);
  const bases = new Set(moving.map(({ parent }) => parent).filter((link) => !fingerLinks.has(link)));
  const exclusions: [string, string][] = [];
  const solid = new Set(model.links.filter(({ collisions }) => collisions.length > 0).map(({ name }) => name));
  for (const base of bases) {
    for (const links of fingers.filter(({ parent }) => parent === base).map((each) => each.links)) {
      const finger = links.filter((link) => solid.has(link));
      if (solid.has(base)) for (const link of finger) exclusions.push([base, link]);
      finger.forEach((a, i) => {
        for (const b of finger.slice(i + 1)) exclusions.push([a, b]);
      });
    }
  }
  const equal = new Set((model.equalities ?? []).flatMap((each) => (each.type === 'joint' ? [each.joint] : [])));
  const mimics = model.joints.flatMap(({ name, mimic }): Coupling[] =>
    mimic && !mimic.curve && !equal.has(name)
      ? [{ follower: name, leader: mimic.joint, multiplier: mimic.multiplier, offset: mimic.offset }]
      : [],
  );
  return {
    couplings: [...couplings, ...mimics],
    gripperLinks: new Set([...bases, ...fingerLinks]),
    fingerLinks,
    exclusions,
  };
}

/** The commanded joints and those that mimic them, directly or not. */
function gripperJoints({ joints }: RobotModel, commanded: readonly string[]): readonly Joint[] {
  const names = new Set(commanded);
  for (let before = -1; names.size > before; ) {
    before = names.size;
    for (const { name, mimic } of joints) if (mimic && names.has(mimic.joint)) names.add(name);
  }
  return joints.filter(({ name }) => names.has(name));
}

/** Links of each finger: those below a joint on the body that carries the fingers, and what closed loops connect with them. */
function fingersOf(
  model: RobotModel,
  moving: readonly Joint[],
): readonly { readonly parent: string; readonly links: readonly string[] }[] {
  const children = new Set(moving.map(({ child }) => child));
  const inner = new Set(moving.flatMap(({ child }) => [...linksBelow(model, child)].filter((link) => link !== child)));
  let fingers = moving
    .filter(({ child }) => children.has(child) && !inner.has(child))
    .map(({ parent, child }) => ({ parent, links: [...linksBelow(model, child)] }));
  for (const each of model.equalities ?? []) {
    if (each.type === 'joint') continue;
    const joined = fingers.filter(({ links }) => each.links.some((link) => links.includes(link)));
    if (joined.length < 2) continue;
    const whole = { parent: joined[0].parent, links: joined.flatMap(({ links }) => links) };
    fingers = [...fingers.filter((finger) => !joined.includes(finger)), whole];
  }
  return fingers;
}

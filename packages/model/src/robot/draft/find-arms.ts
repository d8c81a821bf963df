import type { Joint, RobotModel } from '../../description/robot-model.ts';
import { hasOneAxis, LinkTree } from '../analysis/rigid-groups.ts';

/** An arm as it was found in a description. */
export interface FoundArm {
  readonly name: string;
  readonly base: string;
  readonly joints: readonly Joint[];
  readonly tool: string;
  readonly toolReason: string;
  readonly chainReason: string;
  /** Joints with one axis behind the tool, those that follow others included. */
  readonly gripper: readonly Joint[];
}

const FINGER_JOINT = /finger|gripper|jaw|knuckle|claw|thumb|pinch/i;
const FINGER_LINK = /finger|jaw|knuckle|claw|thumb/i;

/** Fewest joints of an arm beside another one: a shorter chain is a head or a torso. */
const SECOND_ARM_JOINTS = 4;

/** Names of tool frames, the likeliest first. */
const TOOL_NAMES: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/(^|[_-])tcp([_-]|$)|tool_?cent(er|re)/i, 'a tool centre point'],
  [/(^|[_-])tool0($|[_-])/i, 'tool0, the frame of ROS-Industrial'],
  [/(gripper|grasp|tool|hand|jaw)[_-]?(frame|point|site)|grasp/i, 'a frame of the gripper'],
  [/(^|[_-])(ee|eef|end_?effector|tool)([_-]|$)|attachment/i, 'an end effector'],
  [/flange|(^|[_-])tool/i, 'a flange'],
];

/** Tells the joints of grippers from those of arms. */
class Fingers {
  readonly #leaders: ReadonlySet<string>;

  constructor({ joints }: RobotModel) {
    this.#leaders = new Set(joints.flatMap(({ mimic }) => mimic?.joint ?? []));
  }

  has(joint: Joint): boolean {
    return (
      joint.mimic !== undefined ||
      this.#leaders.has(joint.name) ||
      FINGER_JOINT.test(joint.name) ||
      FINGER_LINK.test(joint.child)
    );
  }
}

/** A link that an arm may end at, with the joints that move it. */
interface Tip {
  readonly link: string;
  readonly joints: readonly Joint[];
}

/** Tips that no finger and no arm found before moves. */
function tipsOf(tree: LinkTree, fingers: Fingers, used: ReadonlySet<Joint>): readonly Tip[] {
  return tree.model.links.flatMap(({ name }) => {
    const path = tree.pathTo(name).filter((joint) => joint.type !== 'fixed');
    const last = path.findLastIndex((joint) => used.has(joint) || !hasOneAxis(joint));
    const joints = path.slice(last + 1);
    return joints.some((joint) => fingers.has(joint)) ? [] : [{ link: name, joints }];
  });
}

/** The tool frame among the links that the last joint carries. */
function toolAmong(tree: LinkTree, links: readonly string[]): { tool: string; toolReason: string } {
  for (const [pattern, what] of TOOL_NAMES) {
    // Of two that fit, the one farther out.
    const tool = links.filter((link) => pattern.test(link)).at(-1);
    if (tool !== undefined) return { tool, toolReason: `the name is that of ${what}` };
  }
  const depth = (link: string) => tree.pathTo(link).length;
  const deepest = Math.max(...links.map(depth));
  const tool = links.find((link) => depth(link) === deepest) ?? links[0];
  return { tool, toolReason: 'no link is named as a tool frame; this is the last one of the chain' };
}

function sideOf(joints: readonly Joint[]): string | undefined {
  const has = (side: string) => joints.some(({ name }) => new RegExp(`(^|[_-])${side}([_-]|$)`, 'i').test(name));
  if (has('left') || has('l')) return 'left';
  return has('right') || has('r') ? 'right' : undefined;
}

/**
 * Finds the arms of a robot: the longest serial chain of joints with one axis that moves no finger, then other chains of four joints
 * or more. A gripper alone counts as an arm without joints.
 * @returns none for a robot in which nothing moves
 */
export function findArms(model: RobotModel): readonly FoundArm[] {
  const tree = new LinkTree(model);
  const fingers = new Fingers(model);
  const found: (Omit<FoundArm, 'name'> & { readonly side?: string })[] = [];
  const used = new Set<Joint>();
  for (;;) {
    const tips = tipsOf(tree, fingers, used);
    const most = Math.max(0, ...tips.map(({ joints }) => joints.length));
    const moving = model.joints.filter(hasOneAxis);
    if (most < SECOND_ARM_JOINTS && found.length > 0) break;
    const best = tips.find(({ joints }) => joints.length === most);
    if (!best || moving.length === 0) break;
    const { joints } = best;
    const group = new Set(tree.groupOf(best.link));
    const carried = tips.filter(({ link }) => group.has(link)).map(({ link }) => link);
    const carrier = tree.carrierOf(best.link);
    const behind = moving.filter((joint) => !joints.includes(joint) && tree.isBelow(joint.child, carrier));
    const gripper = behind.filter((joint) => !used.has(joint));
    const fixed = model.joints.find((joint) => gripper.includes(joint))?.parent;
    const alone = most === 0 ? fixed : undefined;
    found.push({
      base: alone ?? joints[0]?.parent ?? model.root,
      joints,
      ...(alone === undefined
        ? toolAmong(tree, carried)
        : { tool: alone, toolReason: 'the link that carries the fingers' }),
      chainReason:
        most === 0
          ? 'no joint but those of a gripper: a gripper alone'
          : `the longest chain of moving joints that moves no finger${found.length > 0 ? ' of an arm before' : ''}`,
      gripper,
      side: sideOf(joints),
    });
    for (const joint of [...joints, ...gripper]) used.add(joint);
    if (most === 0) break;
  }
  const sides = found.map(({ side }) => side);
  const named = found.length > 1 && new Set(sides).size === found.length && !sides.includes(undefined);
  return found.map(({ side, ...arm }, i) => ({
    ...arm,
    name: found.length === 1 ? (arm.joints.length > 0 ? 'arm' : 'gripper') : named ? String(side) : `arm${i + 1}`,
  }));
}

import type { JointLimit, JointType, RobotModel } from '../../description/robot-model.ts';
import { jointsByParent } from '../../kinematics/tree.ts';
import { type Reach, reachOf } from '../check/check-reach.ts';
import type { RobotDefinition } from '../definition.ts';
import type { RobotFolder } from '../robot-folder.ts';

/** A link in the tree of a robot. */
export interface SummaryLink {
  readonly link: string;
  /** Number of joints between the root and the link. */
  readonly depth: number;
  /** Mass (kg); 0 for a link without. */
  readonly mass: number;
  /** The joint that carries the link; undefined for the root. */
  readonly joint?: {
    readonly name: string;
    readonly type: JointType;
    readonly limit?: JointLimit;
    /** The joint that it follows. */
    readonly mimics?: string;
  };
  /** Parts that `robot.yaml` gives the link, such as `tool of arm`. */
  readonly roles: readonly string[];
}

/** What a robot consists of and how far it reaches. */
export interface RobotSummary {
  readonly name: string;
  readonly description: string;
  /** Mass of all links (kg). */
  readonly mass: number;
  /** Parents before children, depth first. */
  readonly tree: readonly SummaryLink[];
  /** Where the tool of each arm comes to, by sampling. */
  readonly reach: Readonly<Record<string, Reach>>;
  /** Driven bases by command group. */
  readonly bases: RobotDefinition['bases'];
}

function rolesOf({ definition }: RobotFolder): ReadonlyMap<string, readonly string[]> {
  const roles = new Map<string, string[]>();
  const add = (link: string, role: string) => roles.set(link, [...(roles.get(link) ?? []), role]);
  for (const [name, { base, tool, wristSensor }] of Object.entries(definition.arms)) {
    add(base, `base of ${name}`);
    add(tool, `tool of ${name}`);
    if (wristSensor) add(wristSensor.frame, `wrist sensor of ${name}`);
  }
  for (const [name, { frame }] of Object.entries(definition.cameras)) add(frame, `camera ${name}`);
  for (const [name, { link }] of Object.entries(definition.bases)) add(link, `base ${name}`);
  return roles;
}

function treeOf(model: RobotModel, roles: ReadonlyMap<string, readonly string[]>): readonly SummaryLink[] {
  const below = jointsByParent(model);
  const masses = new Map(model.links.map(({ name, inertial }) => [name, inertial?.mass ?? 0]));
  const entry = (link: string, depth: number) => ({
    ...{ link, depth, mass: masses.get(link) ?? 0, roles: roles.get(link) ?? [] },
  });
  const tree: SummaryLink[] = [];
  const pending: SummaryLink[] = [entry(model.root, 0)];
  for (let at = pending.pop(); at; at = pending.pop()) {
    tree.push(at);
    const { link, depth } = at;
    for (const { name, type, limit, mimic, child } of [...(below.get(link) ?? [])].reverse()) {
      pending.push({ ...entry(child, depth + 1), joint: { name, type, limit, mimics: mimic?.joint } });
    }
  }
  return tree;
}

/**
 * Summarises a robot: its tree with limits and masses, and the reach of each arm.
 * @throws {InputError} when a tool does not hang below its base
 */
export function summarizeRobot(robot: RobotFolder): RobotSummary {
  const { definition, model } = robot;
  const tree = treeOf(model, rolesOf(robot));
  return {
    ...{ name: definition.name, description: definition.description, tree },
    mass: tree.reduce((sum, { mass }) => sum + mass, 0),
    reach: Object.fromEntries(Object.entries(definition.arms).map(([name, arm]) => [name, reachOf(model, arm)])),
    bases: definition.bases,
  };
}

import type { FollowerCurve, Joint, Mimic, RobotModel } from '../description/robot-model.ts';
import { mimicSources } from '../kinematics/mimics.ts';
import { KinematicTree } from '../kinematics/tree.ts';
import { hasOneAxis, LinkTree } from '../robot/analysis/rigid-groups.ts';
import type { LoopEquality } from './loop-closure.ts';
import { LoopSolver } from './loop-solver.ts';

/** Pieces of the curve of a passive joint over the whole range of the joint that drives it. */
const PIECES = 64;

/** Loops that share passive joints. */
interface Mechanism {
  readonly loops: readonly LoopEquality[];
  readonly passive: readonly Joint[];
  /** Joints without a mimic that move the loops from outside. */
  readonly drivers: ReadonlySet<Joint>;
}

/** What is known of a model beside itself. */
export interface LoopKnowledge {
  /** True for joints that actuators move. */
  readonly isDriven: (joint: string) => boolean;
  /** Position of a joint in a posture in which the loops are closed (rad, m). */
  readonly closedAt: (joint: string) => number;
}

/** The joints of a loop: those above one of its links and not above the other. */
function jointsOf(tree: LinkTree, { links }: LoopEquality): readonly Joint[] {
  const [first, second] = links.map((link) => tree.pathTo(link).filter(hasOneAxis));
  return [...first.filter((joint) => !second.includes(joint)), ...second.filter((joint) => !first.includes(joint))];
}

function mechanismsOf(model: RobotModel, loops: readonly LoopEquality[], isDriven: (joint: string) => boolean) {
  const tree = new LinkTree(model);
  const sources = mimicSources(model.joints);
  let mechanisms: readonly Mechanism[] = [];
  for (const loop of loops) {
    const joints = jointsOf(tree, loop);
    const moved = joints.filter(({ name, mimic }) => mimic !== undefined || isDriven(name));
    // Without actuators the first joint that is limited is taken to drive the loop.
    const driving =
      moved.length > 0 ? moved : joints.filter(({ limit }) => limit && limit.lower > -Infinity).slice(0, 1);
    const passive = joints.filter((joint) => !driving.includes(joint));
    const drivers = driving.map(({ name }) => sources.get(name)!.joint);
    const touching = mechanisms.filter((each) => each.passive.some((joint) => passive.includes(joint)));
    const all = [{ loops: [loop], passive, drivers: new Set(drivers) }, ...touching];
    mechanisms = [
      ...mechanisms.filter((each) => !touching.includes(each)),
      {
        loops: all.flatMap((each) => each.loops),
        passive: [...new Set(all.flatMap((each) => each.passive))].filter(
          (joint) => !all.some((each) => each.drivers.has(joint)),
        ),
        drivers: new Set(all.flatMap((each) => [...each.drivers])),
      },
    ];
  }
  return mechanisms;
}

/** Positions of the passive joints over the part of the driver's range in which the loops close; undefined when there is none. */
function curvesOf(
  tree: KinematicTree,
  { loops, passive }: Mechanism,
  driver: Joint,
  { closedAt }: LoopKnowledge,
): ReadonlyMap<string, FollowerCurve> | undefined {
  const { lower, upper } = driver.limit ?? { lower: -Infinity, upper: Infinity };
  const step = (upper - lower) / PIECES;
  if (!Number.isFinite(step) || step <= 0) return undefined;
  const solver = new LoopSolver(tree, loops, passive);
  const start = tree.coordinates.zero();
  for (const joint of [driver, ...passive]) start[tree.coordinates.slot(joint.name).offset] = closedAt(joint.name);
  const first = Math.min(Math.max(Math.round((closedAt(driver.name) - lower) / step), 0), PIECES);
  const found = new Map<number, readonly number[]>();
  for (const side of [1, -1]) {
    let at = start;
    for (let k = first; k >= 0 && k <= PIECES; k += side) {
      at = solver.moved(at, driver.name, lower + k * step);
      if (!solver.solve(at)) break;
      found.set(k, solver.positions(at));
    }
  }
  const places = [...found.keys()].sort((a, b) => a - b);
  if (places.length < 2) return undefined;
  const end = (place: number) => (place === PIECES ? upper : lower + place * step);
  const range = { lower: end(places[0]), upper: end(places[places.length - 1]) };
  return new Map(
    passive.map(({ name }, i) => [name, { ...range, positions: places.map((place) => found.get(place)![i]) }]),
  );
}

function mimicAlong(joint: string, curve: FollowerCurve): Mimic {
  const { lower, upper, positions } = curve;
  const multiplier = (positions[positions.length - 1] - positions[0]) / (upper - lower);
  return { joint, multiplier, offset: positions[0] - multiplier * lower, curve };
}

/**
 * Lets the passive joints of closed loops, as four-bar grippers have them, follow the joint that drives their loop: kinematics then place
 * the links as the mechanism does without load. A driver's limits shrink to where its loops close. Loops that several joints drive have no
 * such curve: their joints stay free, with a warning, and physics alone closes them.
 */
export function closeLoops(model: RobotModel, knowledge: LoopKnowledge): RobotModel {
  const loops = (model.equalities ?? []).filter((each) => each.type !== 'joint');
  if (loops.length === 0) return model;
  const tree = new KinematicTree(model);
  const warnings: string[] = [];
  const mimics = new Map<string, Mimic>();
  const limits = new Map<string, { lower: number; upper: number }>();
  for (const mechanism of mechanismsOf(model, loops, knowledge.isDriven)) {
    if (mechanism.passive.length === 0) continue;
    const names = mechanism.passive.map(({ name }) => `"${name}"`).join(', ');
    const [driver, ...others] = mechanism.drivers;
    const curves = driver && others.length === 0 ? curvesOf(tree, mechanism, driver, knowledge) : undefined;
    if (!curves) {
      const why =
        others.length > 0 ? 'several joints drive their loop' : 'their loop does not close over a range of one joint';
      warnings.push(`joints ${names}: ${why}; the kinematics do not follow it`);
      continue;
    }
    for (const [name, curve] of curves) {
      mimics.set(name, mimicAlong(driver.name, curve));
      const known = limits.get(driver.name) ?? driver.limit!;
      limits.set(driver.name, {
        lower: Math.max(known.lower, curve.lower),
        upper: Math.min(known.upper, curve.upper),
      });
    }
  }
  for (const [name, { lower, upper }] of limits) {
    const { limit } = model.joints.find((joint) => joint.name === name)!;
    if (lower > limit!.lower || upper < limit!.upper)
      warnings.push(
        `joint "${name}": limits ${limit!.lower} to ${limit!.upper}; the loop that it drives closes from ${Number(lower.toFixed(4))} to ${Number(upper.toFixed(4))} only`,
      );
  }
  return {
    ...model,
    joints: model.joints.map((joint) => ({
      ...joint,
      ...(mimics.has(joint.name) && { mimic: mimics.get(joint.name) }),
      ...(limits.has(joint.name) && { limit: { ...joint.limit!, ...limits.get(joint.name) } }),
    })),
    warnings: [...(model.warnings ?? []), ...warnings],
  };
}

import { InputError } from '@praxis/core';
import { KinematicTree, type RobotModel } from '@praxis/model';
import type { FilterConfig } from '../config/filter-config.ts';
import { BarrierStage } from './barrier-stage.ts';
import type { Barrier } from './geometry/barrier.ts';
import { distanceBarriers, monitoredLinks, workspaceBarriers } from './geometry/build-barriers.ts';
import type { CapsuleSet } from './geometry/capsule-set.ts';
import { Clearance } from './geometry/clearance.ts';
import { LinkMotion } from './geometry/link-motion.ts';
import { barriersBetween, type JointRange, movesLink } from './neighbours/barriers-between.ts';
import { type Neighbour, Neighbours } from './neighbours/neighbours.ts';
import type { PathBrake } from './stop/path-brake.ts';
import { StopDistance } from './stop-distance.ts';
import { StopsApart } from './stops-apart.ts';

/** The arm whose distances are kept. */
export interface DistanceStagesOptions {
  /** Joints of the command, in its order. */
  readonly names: readonly string[];
  readonly model: RobotModel;
  readonly config: FilterConfig;
  /** Braking of the filter after a refusal. */
  readonly brake: PathBrake;
  /** Time between two outputs (s). */
  readonly period: number;
}

/** What keeps an arm in its workspace, from obstacles, from itself and from other arms. */
export interface DistanceStages {
  readonly neighbours: Neighbours;
  /** Steers the next output. */
  readonly steering: BarrierStage;
  /** Conditions that every stop must keep: the first for the arm alone, then one for each other arm. */
  readonly stops: readonly (StopDistance | StopsApart)[];
}

/**
 * Makes the stages of the workspace and of the distances.
 * @param arms other arms of the same model
 * @returns undefined when the configuration has neither
 * @throws {InputError} for an unknown link, and for a joint of two arms
 */
export function distanceStages(
  { names, model, config, brake, period }: DistanceStagesOptions,
  arms: readonly Neighbour[],
): DistanceStages | undefined {
  const { workspace, distance } = config;
  if (!workspace && !distance) return undefined;
  const shared = arms.flatMap((arm) => arm.names).find((name) => names.includes(name));
  if (shared !== undefined) throw new InputError(`command filter: joint ${shared} belongs to two arms`);
  const motion = new LinkMotion(new KinematicTree(model), [names, ...arms.map((arm) => arm.names)].flat());
  const own: JointRange = { from: 0, to: names.length };
  const ranges = rangesAfter(names.length, arms);
  const moves = ({ firstLink, secondLink }: Barrier, joints: JointRange) =>
    movesLink(motion, joints, firstLink) || movesLink(motion, joints, secondLink);
  const build = (set: CapsuleSet): readonly Barrier[] => {
    const fixed = workspace ? workspaceBarriers(workspace, motion, set) : [];
    if (!distance) return fixed;
    const links = monitoredLinks(distance, model, set, motion);
    const all = [
      ...fixed,
      ...distanceBarriers(distance, motion, set, links),
      ...arms.flatMap((arm) => barriersBetween({ config: distance, links }, arm, motion, set, own)),
    ];
    // A barrier between links that only other arms move is theirs.
    return arms.length === 0 ? all : all.filter((barrier) => moves(barrier, own));
  };
  const clearance = new Clearance(motion, build);
  const neighbours = new Neighbours(names.length, arms);
  const numbers = clearance.barriers.map((_, k) => k);
  const meets = (k: number, range: JointRange) => moves(clearance.barriers[k], range);
  const alone = numbers.filter((k) => !ranges.some((range) => meets(k, range)));
  const between = (range: JointRange) => numbers.filter((k) => meets(k, range));
  return {
    neighbours,
    steering: new BarrierStage(clearance, neighbours, names.length, config, brake, period),
    stops: [
      new StopDistance(clearance, alone, names.length, brake, period),
      ...arms.map((arm, a) => {
        const joints = ranges[a];
        return new StopsApart(clearance, between(joints), arm, joints, { joints: names.length, brake, period });
      }),
    ],
  };
}

/** The joints of each arm in the motion of all, behind the first `from`. */
function rangesAfter(from: number, arms: readonly Neighbour[]): readonly JointRange[] {
  const ends = arms.map((_, a) => arms.slice(0, a + 1).reduce((sum, { names }) => sum + names.length, from));
  return ends.map((to, a) => ({ from: a === 0 ? from : ends[a - 1], to }));
}

import { toAbsolute } from '../actions/absolute.ts';
import { type ActionBlock, type ActionChunk, isOpening, referenceOf } from '../actions/specs.ts';
import { jointsAlong } from '../control/joints-along.ts';
import { PolicyError } from '../errors/errors.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { PolicySpec } from '../ports/policy.ts';
import type { BoundAction } from './bind-actions.ts';
import { checkChunk } from './check-chunk.ts';
import type { Workspace } from './options.ts';

/** What a loop knows of the command group of an action when it makes a chunk absolute. */
export interface ActionContext {
  readonly bound: BoundAction;
  /** Box that the tool's targets must lie in; undefined for no limit. */
  readonly workspace: Workspace | undefined;
  /** Kinematics of the arm; undefined for a base. */
  readonly kinematics: Kinematics | undefined;
  /** Least and greatest width of the gripper (m). */
  readonly gripperRange: readonly [number, number];
}

/**
 * Values from which the relative actions of one chunk count, and joints from which poses of the tool are reached, in the order of the
 * actions; undefined where there are none.
 */
export type ChunkReference = readonly (Float64Array | undefined)[];

/**
 * Checks a policy's chunk and makes it one that schedulers and controllers follow: blocks in the order of the policy's actions, all
 * absolute, openings of grippers as widths (m). A chunk that is so already is returned as it is.
 * @param reference values at the observation of this chunk
 * @throws {PolicyError} when the chunk does not fit the spec, or a target of a tool is outside its workspace
 */
export function prepareChunk(
  policy: PolicySpec,
  actions: readonly ActionContext[],
  chunk: ActionChunk,
  reference: ChunkReference,
): ActionChunk {
  checkChunk(policy, chunk);
  const names = Object.keys(chunk.blocks);
  const blocks: Record<string, ActionBlock> = {};
  let changed = false;
  for (const [i, context] of actions.entries()) {
    const { spec, interpolation } = context.bound;
    const given = chunk.blocks[spec.name];
    let block = given;
    if (given.space !== spec.space) block = fromPoses(context, given, reference[i]);
    else if (given.unit) block = { space: given.space, data: given.data };
    else {
      if (referenceOf(spec) !== 'absolute') block = toAbsolute(spec, given, chunk.horizon, reference[i] ?? []);
      if (isOpening(spec)) block = widthsOf(block, context.gripperRange);
    }
    if (interpolation || block.interpolation) block = { space: block.space, data: block.data, interpolation };
    blocks[spec.name] = block;
    changed ||= block !== given || names[i] !== spec.name;
    // Poses are checked as they were given: joints may come close to one that is out of reach.
    const targets = given.space === 'ee_pose' ? given : block;
    if (context.workspace) checkTargets(`policy ${policy.name}, chunk, block ${spec.name}`, context, targets);
  }
  return changed ? { ...chunk, blocks } : chunk;
}

/** Converts poses of the tool to what the arm follows. */
function fromPoses(
  { bound, kinematics }: ActionContext,
  given: ActionBlock,
  start: Float64Array | undefined,
): ActionBlock {
  if (bound.space === 'ee_pose' || !kinematics || !start) return given;
  const { names } = bound.spec;
  const order = names.map((name) => kinematics.jointNames.indexOf(name));
  const from = new Float64Array(names.length);
  for (const [i, joint] of order.entries()) from[joint] = start[i];
  const joints = jointsAlong(kinematics, given.data, from);
  const size = names.length;
  const data = joints.map((_, at) => joints[Math.floor(at / size) * size + order[at % size]]);
  return { space: bound.space, data };
}

/** Converts openings (0 closed .. 1 open) to widths (m). */
function widthsOf(block: ActionBlock, [closed, open]: readonly [number, number]): ActionBlock {
  return { ...block, data: block.data.map((opening) => closed + Math.min(Math.max(opening, 0), 1) * (open - closed)) };
}

/** A width (m) in the unit of a gripper's action; the inverse of {@link widthsOf}. */
export const inUnit = ({ spec }: BoundAction, width: number, [closed, open]: readonly [number, number]): number =>
  isOpening(spec) ? (width - closed) / (open - closed) : width;

function checkTargets(
  where: string,
  { bound: { spec }, workspace, kinematics }: ActionContext,
  { space, data }: ActionBlock,
): void {
  if (!workspace || (space !== 'ee_pose' && space !== 'joint_position')) return;
  const pose = new Float64Array(7);
  const order = kinematics?.jointNames.map((name) => spec.names.indexOf(name)) ?? [];
  const size = space === 'ee_pose' ? pose.length : order.length;
  for (let at = 0; at < data.length; at += size) {
    if (space === 'ee_pose') pose.set(data.subarray(at, at + 7));
    else
      kinematics?.forward(
        Float64Array.from(order, (from) => data[at + from]),
        pose,
      );
    for (let i = 0; i < 3; i++) {
      const value = pose[i];
      if (value >= workspace.minimum[i] && value <= workspace.maximum[i]) continue;
      const range = `${workspace.minimum[i]} .. ${workspace.maximum[i]}`;
      throw new PolicyError(`${where}: row ${at / size} has ${'xyz'[i]} ${value} m, the workspace is ${range}`);
    }
  }
}

import { PolicyError } from '../errors/errors.ts';
import { type ActionBlock, type ActionSpec, ARM_POSE, actionSize, isOpening, referenceOf } from './specs.ts';

/** Largest deviation of a row's quaternion from length 1. */
const QUATERNION_LENGTH_TOLERANCE = 1e-3;
/** Largest excess of an opening over 0..1, which a network's rounding may make; it is clamped. */
const OPENING_TOLERANCE = 0.05;

/**
 * Checks the blocks of a chunk against the actions of a policy: names, spaces, sizes, finite numbers, unit quaternions, and openings
 * from 0 to 1.
 * @param where the chunk, for messages
 * @throws {PolicyError} that names the block, and where there is one the row and the element
 */
export function checkBlocks(
  where: string,
  actions: readonly ActionSpec[],
  blocks: Readonly<Record<string, ActionBlock>>,
  horizon: number,
): void {
  const known = actions.map(({ name }) => name);
  for (const name of Object.keys(blocks ?? {})) {
    if (!known.includes(name))
      throw new PolicyError(`${where}: block ${name} is unknown, expected ${known.join(', ')}`);
  }
  for (const spec of actions) {
    const block = blocks?.[spec.name];
    if (!block) throw new PolicyError(`${where}: block ${spec.name} is missing, expected ${known.join(', ')}`);
    checkBlock(`${where}, block ${spec.name}`, spec, block, horizon);
  }
}

/** The spec of a block's numbers: that of its action, or of the alternative space. */
const specOf = (spec: ActionSpec, { space }: ActionBlock): ActionSpec =>
  space !== spec.space && space === spec.alternative ? { ...ARM_POSE, name: spec.name } : spec;

function checkBlock(where: string, action: ActionSpec, block: ActionBlock, horizon: number): void {
  const { space, data, unit } = block;
  const spec = specOf(action, block);
  if (space !== spec.space) throw new PolicyError(`${where}: space is ${space}, expected ${spec.space}`);
  const size = actionSize(spec);
  if (!(data instanceof Float64Array) || data.length !== horizon * size) {
    const given = data instanceof Float64Array ? `${data.length} numbers` : typeof data;
    throw new PolicyError(`${where}: ${given}, expected ${horizon} rows of ${size} as a Float64Array`);
  }
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const element = `row ${Math.floor(at / size)}, ${spec.names[at % size]}`;
    throw new PolicyError(`${where}: ${element} is ${data[at]}, expected a finite number`);
  }
  if (space === 'ee_pose') checkQuaternions(where, data, size);
  if (space === 'stiffness') checkRange(where, spec, data, Number.POSITIVE_INFINITY);
  else if (isOpening(spec) && unit !== 'm' && referenceOf(spec) === 'absolute') checkRange(where, spec, data, 1);
}

function checkQuaternions(where: string, data: Float64Array, size: number): void {
  for (let at = 0; at < data.length; at += size) {
    const [x, y, z, w] = data.subarray(at + 3, at + 7);
    const length = Math.sqrt(x * x + y * y + z * z + w * w);
    if (Math.abs(length - 1) > QUATERNION_LENGTH_TOLERANCE) {
      throw new PolicyError(`${where}: row ${at / size} has a quaternion of length ${length}, expected 1`);
    }
  }
}

function checkRange(where: string, { names }: ActionSpec, data: Float64Array, most: number): void {
  const excess = Number.isFinite(most) ? OPENING_TOLERANCE : 0;
  const at = data.findIndex((value) => value < -excess || value > most + excess);
  if (at < 0) return;
  const expected = Number.isFinite(most) ? `0..${most}` : 'at least 0';
  const element = `row ${Math.floor(at / names.length)}, ${names[at % names.length]}`;
  throw new PolicyError(`${where}: ${element} is ${data[at]}, expected ${expected}`);
}

import {
  ACTION_SPACES,
  type ActionChunk,
  type ActionSpec,
  ARM_POSE,
  absoluteSpace,
  actionsOf,
  GRIPPER_WIDTH,
  type Policy,
} from '@praxis/core';
import type { Finding } from '@praxis/model';
import type { RobotSetup } from '@praxis/sim';
import { fault, figure } from './finding.ts';
import { inferAnew } from './influence.ts';
import { targetAfter } from './motion.ts';
import { correlations, findClosestOrder, findOrder } from './order.ts';
import { type Probe, withInput } from './probe.ts';

/** The expert's chunks reach so far (s). */
const EXPERT_REACH_S = 0.8;
/** Widths are compared so far ahead (s): within a longer time a small arm has always closed its gripper, and all widths are 0. */
const GRIPPER_REACH_S = 0.2;
/** Actions of a fifth to five times the size of the expert's can be those of a slow or hasty policy. */
const SIZE_RATIO = 5;
/** A ratio within this factor of a unit's is explained by it. */
const UNIT_TOLERANCE_RATIO = 1.6;
/** Units that are mixed up: how many times too large the numbers are, and the word for it. */
const LENGTH_UNITS: readonly (readonly [number, string])[] = [
  [1000, 'millimetres for metres'],
  [100, 'centimetres for metres'],
  [0.001, 'metres for millimetres'],
  [0.01, 'metres for centimetres'],
];
const ANGLE_UNITS: readonly (readonly [number, string])[] = [
  [180 / Math.PI, 'degrees for radians'],
  [Math.PI / 180, 'radians for degrees'],
];
/** A gripper whose width correlates with the expert's below this opens where the expert closes. */
const OPPOSITE_CORRELATION = -0.3;
/** The expert's widths must vary by this for a sign to be seen (m). */
const LEAST_WIDTH_VARIATION_M = 0.004;
/** Exchanged cameras must bring the actions so much closer to the expert's. */
const EXCHANGE_RATIO = 0.8;
/** A target beyond a limit by this is rounding (m, rad). */
const LIMIT_TOLERANCE = 0.02;

type Rows = readonly Float64Array[];

const rms = (rows: Rows): number =>
  Math.sqrt(
    rows.reduce((sum, row) => sum + row.reduce((s, value) => s + value * value, 0), 0) / Math.max(1, rows.length),
  );

const minus = (a: Rows, b: Rows): Rows => a.map((row, k) => row.map((value, i) => value - b[k][i]));

/** What one action aims at in each probe, and what the expert does there, in the same terms. */
interface Compared {
  readonly spec: ActionSpec;
  readonly given: Rows;
  readonly wanted: Rows;
  /** Where the arm is: displacements count from it. */
  readonly present: Rows;
  readonly names: readonly string[];
  readonly units: typeof LENGTH_UNITS;
}

function compared(
  spec: ActionSpec,
  probes: readonly Probe[],
  chunks: readonly ActionChunk[],
  range: readonly [number, number] | undefined,
): Compared | undefined {
  const { commands } = ACTION_SPACES[spec.space];
  const reach = commands === 'gripper' ? GRIPPER_REACH_S : EXPERT_REACH_S;
  const seconds = Math.min(reach, chunks[0].horizon * chunks[0].period);
  const aim = (each: ActionSpec, all: readonly ActionChunk[]): Rows =>
    probes.map((probe, k) => targetAfter(each, all[k], probe, seconds, range));
  const labels = probes.map(({ label }) => label as ActionChunk);
  if (commands === 'gripper') {
    const present = probes.map(({ width }) => Float64Array.of(width));
    const wanted = aim(GRIPPER_WIDTH, labels);
    return { spec, given: aim(spec, chunks), wanted, present, names: ['width'], units: LENGTH_UNITS };
  }
  if (commands !== 'motion') return undefined;
  const isTool = spec.space.startsWith('ee_');
  if (!isTool) {
    const joints = (at: number): Rows =>
      probes.map(({ jointsAfter }) => Float64Array.from(spec.names, (name) => jointsAfter(at).get(name) ?? 0));
    const moving = { wanted: joints(seconds), present: joints(0) };
    return { spec, given: aim(spec, chunks), ...moving, names: spec.names, units: ANGLE_UNITS };
  }
  const positions = (rows: Rows): Rows => rows.map((row) => row.slice(0, 3));
  return {
    spec,
    given: positions(aim(spec, chunks)),
    wanted: positions(aim(ARM_POSE, labels)),
    present: positions(probes.map(({ tool }) => tool)),
    names: ['x', 'y', 'z'],
    units: LENGTH_UNITS,
  };
}

/** True where the numbers are targets; a relative action and a velocity are displacements, which alone have a size. */
const isTarget = ({ space }: ActionSpec): boolean => absoluteSpace(space) === space && !/twist|velocity/.test(space);

/** The numbers whose size has a meaning. */
const sizes = ({ spec, given, wanted, present }: Compared): readonly [given: Rows, wanted: Rows] =>
  isTarget(spec) ? [given, wanted] : [minus(given, present), minus(wanted, present)];

/**
 * Ratio of the size of the actions to that of the expert's. An expert whose gripper is about to close in every probe wants no width at all:
 * the measured ones then say how large a width is.
 */
function sizeRatio(each: Compared): number {
  const [given, wanted] = sizes(each);
  const measured = each.names[0] === 'width' ? rms(each.present) : 0;
  const size = rms(wanted);
  return rms(given) / (size * SIZE_RATIO < measured ? measured : size);
}

function sizeFinding({ spec, units }: Compared, ratio: number): readonly Finding[] {
  if (ratio <= SIZE_RATIO && ratio >= 1 / SIZE_RATIO) return [];
  const unit = units.find(
    ([times]) => ratio / times < UNIT_TOLERANCE_RATIO && times / ratio < UNIT_TOLERANCE_RATIO,
  )?.[1];
  const how = unit === undefined ? 'expected about the same size' : `which is ${unit}`;
  return [fault(spec.name, `its numbers are ${figure(ratio)} times those of the expert, ${how}`)];
}

function orderFinding({ spec, names, given, wanted, present }: Compared, ratio: number): readonly Finding[] {
  const scaled = given.map((row, k) =>
    row.map((value, i) => (isTarget(spec) ? value / ratio : present[k][i] + (value - present[k][i]) / ratio)),
  );
  if (names[0] === 'x') {
    const found = findOrder(minus(scaled, present), minus(wanted, present));
    const axes = found?.order.map((j, i) => `${found.signs[i] < 0 ? '-' : ''}${names[j]}`).join(', ');
    return axes === undefined ? [] : [fault(spec.name, `its axes answer to [${axes}], expected [${names.join(', ')}]`)];
  }
  const found = isTarget(spec)
    ? findClosestOrder(scaled, wanted)
    : findOrder(minus(scaled, present), minus(wanted, present));
  if (!found) return [];
  const { order, signs } = found;
  const mapping = order.map((j) => names[j]).join(', ');
  const findings: Finding[] = [];
  if (order.some((j, i) => j !== i)) {
    findings.push(fault(spec.name, `its numbers answer to the joints in another order, write names: [${mapping}]`));
  }
  const turned = order.filter((_, i) => signs[i] < 0).map((j) => names[j]);
  if (turned.length > 0) findings.push(fault(spec.name, `the sign of ${turned.join(', ')} is the other way round`));
  return findings;
}

function gripperFinding({ spec, given, wanted }: Compared): readonly Finding[] {
  const widths = wanted.map(([width]) => width);
  if (Math.max(...widths) - Math.min(...widths) < LEAST_WIDTH_VARIATION_M) return [];
  const [[agreement]] = correlations(given, wanted);
  if (agreement > OPPOSITE_CORRELATION) return [];
  return [
    fault(
      spec.name,
      `it opens where the expert closes (correlation ${figure(agreement)}): the sign is the other way round`,
    ),
  ];
}

function limitFinding({ spec, names, given }: Compared, { kinematics, definition }: RobotSetup): readonly Finding[] {
  const isTool = names[0] === 'x';
  const bounds = isTool ? definition.workspace : kinematics;
  if (!bounds || names[0] === 'width') return [];
  return names.flatMap((name, i) => {
    const at = isTool ? i : kinematics.jointNames.indexOf(name);
    const [low, high] = [bounds.lower[at], bounds.upper[at]];
    const outside = given.filter((row) => row[i] < low - LIMIT_TOLERANCE || row[i] > high + LIMIT_TOLERANCE);
    if (outside.length === 0) return [];
    const count = `${outside.length} of ${given.length} targets of ${name}`;
    const what = isTool ? 'workspace' : 'limits';
    return [fault(spec.name, `${count} are outside the robot's ${what} ${figure(low)}..${figure(high)}`)];
  });
}

/** Compares the actions with the expert's in the same scenes: size and units, order and signs, gripper, limits. */
export function compareWithExpert(
  policy: Policy,
  probes: readonly Probe[],
  chunks: readonly ActionChunk[],
  setup: RobotSetup,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const spec of actionsOf(policy.spec)) {
    const each = compared(spec, probes, chunks, setup.spec.gripperRange);
    if (!each) continue;
    const ratio = sizeRatio(each);
    const size = sizeFinding(each, ratio);
    findings.push(...size);
    if (each.names[0] === 'width') findings.push(...gripperFinding(each));
    else findings.push(...orderFinding(each, size.length > 0 ? ratio : 1));
    // Wrong units leave every limit.
    if (size.length === 0) findings.push(...limitFinding(each, setup));
  }
  return findings;
}

/** Distance of the actions from the expert's: root mean square over the probes, metres or radians of its motion. */
function distance(policy: Policy, probes: readonly Probe[], chunks: readonly ActionChunk[]): number {
  const motion = actionsOf(policy.spec).find(({ space }) => ACTION_SPACES[space].commands === 'motion');
  const each = motion && compared(motion, probes, chunks, undefined);
  return each ? rms(minus(each.given, each.wanted)) : 0;
}

/** Exchanges the pictures of each two cameras of one size, and names those whose exchange brings the actions closer to the expert's. */
export async function findExchangedCameras(
  policy: Policy,
  probes: readonly Probe[],
  chunks: readonly ActionChunk[],
): Promise<readonly Finding[]> {
  const cameras = policy.spec.inputs.filter(({ unit, window }) => unit === 'rgb8' && window === 1);
  const own = distance(policy, probes, chunks);
  const findings: Finding[] = [];
  for (const [i, a] of cameras.entries()) {
    for (const b of cameras.slice(i + 1)) {
      if (a.shape.join() !== b.shape.join()) continue;
      const exchanged: ActionChunk[] = [];
      for (const { observation } of probes) {
        const [first, second] = [a, b].map(({ name }) => observation.inputs.get(name)?.samples ?? []);
        const swapped = withInput(withInput(observation, a.name, { samples: second }), b.name, { samples: first });
        exchanged.push(await inferAnew(policy, swapped));
      }
      const other = distance(policy, probes, exchanged);
      if (other >= EXCHANGE_RATIO * own) continue;
      const how = `${figure(own)} from the expert as they are, ${figure(other)} exchanged`;
      findings.push(fault(`${a.name}, ${b.name}`, `the two cameras are exchanged: the actions are ${how}`));
    }
  }
  return findings;
}

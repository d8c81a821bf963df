import { Random } from '@praxis/core';
import type { RobotSetup } from '@praxis/sim';
import type { TrainedStatistics } from './start-posture.ts';

/** A joint is drawn within this share of its range around home, to each side. */
const SPREAD_RATIO = 0.2;
/** A joint without limits is drawn as one of this range (rad). */
const FREE_RANGE_RAD = 2 * Math.PI;
/** Share of a joint's range at each end that is left free. */
const MARGIN_RATIO = 0.05;
/** Standard deviations around the mean of the training data within which a number was common. */
const TRAINED_DEVIATIONS = 2;
/** The tool stays above the table (m). */
const LEAST_HEIGHT_M = 0.05;
/** Draws for one posture, before it is given up: a policy may know a small part of the arm's reach alone. */
const MOST_DRAWS = 4000;

type Range = readonly [low: number, high: number];

/** Range in which a number was common in training; unlimited where nothing is known of it. */
function trainedRange(statistics: readonly TrainedStatistics[], stream: string, name: string, at: number): Range {
  const known = statistics.find((each) => each.stream === stream);
  const named = known?.names.indexOf(name) ?? -1;
  const i = named >= 0 ? named : (known?.names.indexOf(`element ${at}`) ?? -1);
  const [mean, std] = [known?.mean[i] ?? Number.NaN, known?.std[i] ?? Number.NaN];
  if (!Number.isFinite(mean) || !Number.isFinite(std)) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [mean - TRAINED_DEVIATIONS * std, mean + TRAINED_DEVIATIONS * std];
}

const common = (ranges: readonly Range[]): Range => [
  Math.max(...ranges.map(([low]) => low)),
  Math.min(...ranges.map(([, high]) => high)),
];

/** Range from which a joint is drawn (rad, m): around home, within its limits, and where the policy knows it. */
function jointRange(
  { kinematics, home }: RobotSetup,
  statistics: readonly TrainedStatistics[],
  joint: string,
  i: number,
): Range {
  const [lower, upper] = [kinematics.lower[i], kinematics.upper[i]];
  const range = Number.isFinite(upper - lower) ? upper - lower : FREE_RANGE_RAD;
  const margin = MARGIN_RATIO * range;
  const [low, high] = common([
    [home[i] - SPREAD_RATIO * range, home[i] + SPREAD_RATIO * range],
    [lower + margin, upper - margin],
    trainedRange(statistics, 'joints', joint, i),
  ]);
  // A home outside of what was trained is a finding of its own.
  return low < high ? [low, high] : [home[i], home[i]];
}

/**
 * Draws postures of a robot with one arm: joints around home, within their limits, and the tool above the table, in the workspace and, as far
 * as the policy says it, where both were in training.
 * @param statistics what the inputs were in training
 * @returns at most `count` postures, positions of the joints in their order (rad, m); the same ones for the same arguments
 */
export function randomPostures(
  setup: RobotSetup,
  statistics: readonly TrainedStatistics[],
  count: number,
  seed: number,
): readonly Float64Array[] {
  const { kinematics, definition } = setup;
  const random = new Random(seed, 'postures');
  const joints = kinematics.jointNames.map((joint, i) => jointRange(setup, statistics, joint, i));
  const tool = ['x', 'y', 'z'].map((name, i): Range => {
    const { workspace } = definition;
    const allowed: Range = workspace
      ? [workspace.lower[i], workspace.upper[i]]
      : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const height: Range = name === 'z' ? [LEAST_HEIGHT_M, Number.POSITIVE_INFINITY] : allowed;
    return common([allowed, height, trainedRange(statistics, 'ee_state', name, i)]);
  });
  const pose = new Float64Array(7);
  const postures: Float64Array[] = [];
  for (let draws = 0; draws < count * MOST_DRAWS && postures.length < count; draws++) {
    const posture = Float64Array.from(joints, (range) => random.uniform(...range));
    kinematics.forward(posture, pose);
    if (tool.every(([low, high], i) => pose[i] >= low && pose[i] <= high)) postures.push(posture);
  }
  return postures;
}

import { InputError, type Policy } from '@praxis/core';
import type { Finding } from '@praxis/model';
import { GraphPolicy, isSecondVersion, OnnxPolicy } from '@praxis/policy';
import { parseSafetensors, recordedSteps } from '@praxis/policy/import';
import { readInputFile } from '@praxis/policy/node';
import { fault, figure } from './finding.ts';
import { inferAnew } from './influence.ts';

/** Largest difference of an action that counts as equal (rad, m). */
export const RECORDED_TOLERANCE = 1e-4;

/** One number of a chunk that differs from the recorded one. */
export interface RecordedDifference {
  /** Number of the observation in the file, from 0. */
  readonly observation: number;
  /** Number of the action in the chunk, from 0. */
  readonly action: number;
  readonly element: string;
  /** In SI units. */
  readonly value: number;
  readonly recorded: number;
  readonly difference: number;
}

/** How a policy's actions differ from those that were recorded. */
export interface RecordedComparison {
  readonly file: string;
  readonly observations: number;
  /** Actions in the chunk of each observation. */
  readonly horizon: number;
  /** Undefined for a file without observations. */
  readonly largest: RecordedDifference | undefined;
  /** The first number that differs by more than the tolerance; undefined where none does. */
  readonly first: RecordedDifference | undefined;
  /** Largest difference that counts as equal, in SI units. */
  readonly tolerance: number;
}

/**
 * Infers for recorded observations and compares the actions with the recorded ones.
 * @param file safetensors file of `training/lerobot/observations.py`
 * @throws {InputError} when the file does not fit the policy, or the policy has no manifest of the second version
 */
export async function compareRecorded(policy: Policy, file: string): Promise<RecordedComparison> {
  const manifest = policy instanceof GraphPolicy || policy instanceof OnnxPolicy ? policy.manifest : undefined;
  if (!manifest || !isSecondVersion(manifest)) {
    throw new InputError(
      `--observations ${file}: policy ${policy.spec.name} has no manifest of version 2, expected one`,
    );
  }
  const recorded = parseSafetensors(readInputFile(file, 'recorded observations'), file);
  const steps = recordedSteps(recorded, { manifest, spec: policy.spec }, file);
  let largest: RecordedDifference | undefined;
  let first: RecordedDifference | undefined;
  for (const [observation, step] of steps.entries()) {
    const { blocks } = await inferAnew(policy, step.observation);
    const differences = [...step.actions].flatMap(([name, recorded]) => {
      const { names = [] } = policy.spec.actions?.find((each) => each.name === name) ?? {};
      return differencesOf(observation, names, blocks[name].data, recorded);
    });
    differences.sort((a, b) => a.action - b.action);
    first ??= differences.find(({ difference }) => !(difference <= RECORDED_TOLERANCE));
    for (const each of differences) if (!(each.difference <= (largest?.difference ?? -1))) largest = each;
  }
  const { horizon } = policy.spec;
  return { file, observations: steps.length, horizon, largest, first, tolerance: RECORDED_TOLERANCE };
}

const differencesOf = (
  observation: number,
  names: readonly string[],
  values: Float64Array,
  recorded: Float64Array,
): RecordedDifference[] =>
  Array.from(values, (value, i) => ({
    observation,
    action: Math.floor(i / names.length),
    element: names[i % names.length],
    value,
    recorded: recorded[i],
    difference: Math.abs(value - recorded[i]),
  }));

/** The comparison as one line. */
export function recordedText({ observations, horizon, largest, first, tolerance }: RecordedComparison): string {
  const most = largest
    ? `largest difference ${largest.difference.toExponential(1)} (${largest.element}, action ${largest.action}, observation ${largest.observation})`
    : 'nothing to compare';
  const verdict = first ? 'more than' : 'within';
  return `${observations} recorded observations of ${horizon} actions: ${most}, ${verdict} ${tolerance}`;
}

/** The first action that differs, as a fault. */
export function recordedFindings({ first, tolerance }: RecordedComparison): readonly Finding[] {
  if (!first) return [];
  const { observation, action, element, value, recorded } = first;
  const place = `observation ${observation}, action ${action}`;
  const message = `differ first at ${place}: ${element} is ${figure(value)}, recorded ${figure(recorded)}, more than ${tolerance} apart`;
  return [fault('recorded actions', message)];
}

import { type ActionChunk, actionsOf, type Observation, type Policy } from '@praxis/core';
import type { Finding } from '@praxis/model';
import { warning } from './finding.ts';
import { comparableNumbers } from './motion.ts';
import { type Probe, withInput } from './probe.ts';

/** An input that moves less than this share of every action counts as dead. */
export const DEAD_SHARE = 0.001;
/** Actions whose variance is below this do not vary: a tenth of a millimetre, or of a milliradian, squared. */
const LEAST_VARIANCE = 1e-8;

/** How much of the actions one input moves. */
export interface Influence {
  readonly input: string;
  readonly modality: string;
  /** Largest of {@link shares}, 0..1. */
  readonly share: number;
  /** By action, the share of its variance that varying the input alone moves, 0..1. */
  readonly shares: Readonly<Record<string, number>>;
}

/** Infers from one observation as if it were the first: no token of another one is used. */
export async function inferAnew(policy: Policy, observation: Observation): Promise<ActionChunk> {
  policy.reset();
  return policy.infer(observation);
}

/** The observation with the input of another probe; an instruction is replaced by one that names another object of the scene. */
function exchanged({ observation, otherInstruction }: Probe, other: Probe, name: string): Observation | undefined {
  const input = observation.inputs.get(name);
  if (typeof input?.samples[0] === 'string' && otherInstruction !== undefined) {
    return withInput(observation, name, { samples: [otherInstruction], present: true });
  }
  const given = other.observation.inputs.get(name);
  return given && withInput(observation, name, { samples: given.samples, present: given.present });
}

const squaredDistance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

/** Variance of vectors: the mean squared distance from their mean. */
function varianceOf(vectors: readonly Float64Array[]): number {
  const mean = Float64Array.from(
    vectors[0],
    (_, i) => vectors.reduce((sum, each) => sum + each[i], 0) / vectors.length,
  );
  return vectors.reduce((sum, each) => sum + squaredDistance(each, mean), 0) / vectors.length;
}

/**
 * Measures the share of the actions' variance that each input moves: the total effect of the input, estimated from exchanges of that
 * input alone between two scenes (Jansen, Computer Physics Communications 117, 1999).
 * @param chunks the policy's chunk for each probe
 */
export async function measureInfluence(
  policy: Policy,
  probes: readonly Probe[],
  chunks: readonly ActionChunk[],
): Promise<readonly Influence[]> {
  const actions = actionsOf(policy.spec);
  const own = actions.map((spec) => chunks.map((chunk, k) => comparableNumbers(spec, chunk, probes[k])));
  const variances = own.map(varianceOf);
  // A third of the way on is another scene, or another part of the motion.
  const step = Math.max(1, Math.round(probes.length / 3));
  const influences: Influence[] = [];
  for (const { name, modality } of policy.spec.inputs) {
    const moved = actions.map(() => 0);
    let count = 0;
    for (const [k, probe] of probes.entries()) {
      const changed = exchanged(probe, probes[(k + step) % probes.length], name);
      if (!changed) continue;
      const chunk = await inferAnew(policy, changed);
      count++;
      for (const [a, spec] of actions.entries()) {
        moved[a] += squaredDistance(own[a][k], comparableNumbers(spec, chunk, probe));
      }
    }
    const shares = Object.fromEntries(
      actions.map(({ name: action }, a) => {
        const share = moved[a] / (2 * Math.max(count, 1) * Math.max(variances[a], LEAST_VARIANCE));
        return [action, Math.min(1, share)];
      }),
    );
    influences.push({ input: name, modality, share: Math.max(...Object.values(shares)), shares });
  }
  return influences;
}

/** Names the inputs that change nothing. */
export const deadInputs = (influences: readonly Influence[]): readonly Finding[] =>
  influences
    .filter(({ share }) => share < DEAD_SHARE)
    .map(({ input, modality }) =>
      warning(
        input,
        modality === 'language'
          ? 'another instruction on the same picture changes nothing: the policy does not hear the words'
          : `it changes nothing: varying it moves less than ${100 * DEAD_SHARE} % of the actions`,
      ),
    );

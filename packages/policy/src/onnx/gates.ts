import type { Modality } from '@praxis/core';

/** Weight of each encoder in the fusion, 0..1. */
export interface Gates {
  /** Weights by modality: the mean over its present instances, 0 without one. */
  readonly gates: Readonly<Record<string, number>>;
  /** Weights by encoder instance; 0 for an absent one. */
  readonly instanceGates: Readonly<Record<string, number>>;
}

/**
 * Computes the gates of one inference by modality and by instance.
 * @param values,present gate and presence (0 or 1) of each instance, in the manifest's order
 */
export function gatesOf(
  instances: readonly { readonly name: string; readonly modality: Modality }[],
  values: Float32Array,
  present: Float32Array,
): Gates {
  const gates: Record<string, number> = Object.fromEntries(instances.map(({ modality }) => [modality, 0]));
  const instanceGates: Record<string, number> = {};
  const counts: Record<string, number> = {};
  for (const [i, { name, modality }] of instances.entries()) {
    instanceGates[name] = values[i] * present[i];
    gates[modality] = (gates[modality] ?? 0) + values[i] * present[i];
    counts[modality] = (counts[modality] ?? 0) + present[i];
  }
  for (const modality of Object.keys(counts)) gates[modality] /= Math.max(counts[modality], 1);
  return { gates, instanceGates };
}

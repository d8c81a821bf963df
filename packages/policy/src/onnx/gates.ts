import type { Modality } from '@praxis/core';

/** How much each encoder counted in fusion, 0..1. */
export interface Gates {
  /** By modality: the mean over its present instances, 0 when none is. */
  readonly gates: Readonly<Record<Modality, number>>;
  /** By encoder instance; 0 when absent. */
  readonly instanceGates: Readonly<Record<string, number>>;
}

/**
 * Gates of one inference by modality and by instance.
 * @param values,present one for each instance, in the manifest's order
 */
export function gatesOf(
  instances: readonly { readonly name: string; readonly modality: Modality }[],
  values: Float32Array,
  present: Float32Array,
): Gates {
  const gates: Record<Modality, number> = { vision: 0, wrench: 0, language: 0, joints: 0 };
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

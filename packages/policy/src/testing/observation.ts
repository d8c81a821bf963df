import type { Observation, ObservationInput, PolicyInputSpec, PolicySpec, StreamValue } from '@praxis/core';

const sampleOf = ({ dtype, shape }: PolicyInputSpec, seed: number): StreamValue => {
  if (dtype === 'string') return seed % 2 === 0 ? 'Lift the red block' : 'Lift the blue block!';
  if (shape.length === 3) {
    const data = Uint8Array.from({ length: shape[0] * shape[1] * 3 }, (_, i) => (i * 31 + seed * 7) & 255);
    return { width: shape[1], height: shape[0], data };
  }
  return Float64Array.from({ length: shape[0] }, (_, i) => ((i * 37 + seed * 11) % 50) / 100);
};

/** Fields that a test changes in one input. */
export type InputChange = Partial<Pick<ObservationInput, 'present' | 'age' | 'stamp' | 'samples'>>;

/**
 * Makes an observation that fits a policy, with samples that depend on the stamp alone.
 * @param stamp time of the observation (s)
 * @param changes changed fields by stream
 */
export function observationOf(
  { inputs }: PolicySpec,
  stamp: number,
  changes: Readonly<Record<string, InputChange>> = {},
): Observation {
  const seed = Math.round(stamp * 1000);
  const entries = inputs.map((spec): [string, ObservationInput] => {
    const samples = Array.from({ length: spec.window }, (_, i) => sampleOf(spec, seed + i));
    return [spec.name, { spec, present: true, age: 0, stamp, samples, ...changes[spec.name] }];
  });
  return { stamp, inputs: new Map(entries) };
}

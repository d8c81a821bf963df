import { linearNormalisation } from '../numbers/normalisation.ts';
import { lineOf, siUnit } from '../numbers/units.ts';
import type { VectorInputManifest } from './graph-inputs.ts';
import { graphStreams, type ManifestInputs, partSize, partUnit, placedInputs } from './graph-streams.ts';

/** Mean and standard deviation of the elements of one stream in the training data, in its SI units; NaN where they are unknown. */
export interface StreamStatistics {
  readonly stream: string;
  /** Elements in the order in which the control loop hands them over. */
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Writes what the normalisation of one vector says of the elements of a stream. */
function collect(
  { parts, normalisation }: VectorInputManifest,
  stream: string,
  names: readonly string[],
  mean: number[],
  std: number[],
): void {
  if (normalisation.type !== 'mean_std') return;
  const size = parts.reduce((sum, part) => sum + partSize(part), 0);
  const { offset, scale } = linearNormalisation(normalisation, 1, size);
  let first = 0;
  for (const part of parts) {
    const line = lineOf(part.map);
    for (let i = 0; i < partSize(part) && part.stream === stream && part.quantity === 'position'; i++) {
      const at = part.names ? names.indexOf(part.names[i]) : i;
      const { factor } = siUnit(partUnit(part, i));
      mean[at] = ((offset[first + i] - line.offset) / line.scale) * factor;
      std[at] = Math.abs(scale[first + i] / line.scale) * factor;
    }
    first += partSize(part);
  }
}

/** What the vectors of a policy were in training, by stream, where they are normalised by mean and deviation. */
export function graphStatistics(manifest: ManifestInputs): readonly StreamStatistics[] {
  const vectors = placedInputs(manifest).flatMap(({ input }) => (input.type === 'vector' ? [input] : []));
  return graphStreams(manifest)
    .filter(({ dtype }) => dtype === 'float64')
    .map(({ name: stream, shape, names: given }) => {
      const names = given ?? Array.from({ length: shape[0] }, (_, i) => `element ${i}`);
      const [mean, std] = [names.map(() => Number.NaN), names.map(() => Number.NaN)];
      for (const input of vectors) collect(input, stream, names, mean, std);
      return { stream, names, mean, std };
    });
}

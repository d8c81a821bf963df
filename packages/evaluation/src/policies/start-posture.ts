import type { Finding } from '@praxis/model';
import { graphStatistics, isSecondVersion, type PolicyManifest } from '@praxis/policy';
import { fault, figure } from './finding.ts';
import type { Probe } from './probe.ts';

/** A start further than this from the mean of the training data, in standard deviations, is outside what was trained. */
const LARGEST_DEVIATIONS = 6;

/** Mean and standard deviation of the elements of one stream in the training data, in its units; NaN where they are unknown. */
export interface TrainedStatistics {
  readonly stream: string;
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** The statistics of a manifest's vectors; of the second version those that its vectors are normalised by, where they are mean and deviation. */
export function trainedStatistics(manifest: PolicyManifest): readonly TrainedStatistics[] {
  if (isSecondVersion(manifest)) return graphStatistics(manifest);
  return manifest.encoders.flatMap(({ input }) => {
    const { stream, processor } = input;
    if (processor.type !== 'vector') return [];
    const names = input.names ?? processor.mean.map((_, i) => `element ${i}`);
    return [{ stream, names, mean: processor.mean, std: processor.std }];
  });
}

/** Names what the robot measures at the start of the scenes that is outside what the policy was trained on. */
export function checkStart(statistics: readonly TrainedStatistics[], probes: readonly Probe[]): readonly Finding[] {
  const starts = probes.filter(({ isStart }) => isStart);
  return statistics.flatMap(({ stream, names, mean, std }) =>
    names.flatMap((name, i) => {
      const values = starts.flatMap(({ observation }) => {
        const sample = observation.inputs.get(stream)?.samples.at(-1);
        if (typeof sample !== 'object' || 'data' in sample) return [];
        return [sample instanceof Float64Array ? sample[i] : sample.position[i]];
      });
      const far = values.find((value) => Math.abs(value - mean[i]) > LARGEST_DEVIATIONS * std[i]);
      if (far === undefined) return [];
      const deviations = figure(Math.abs(far - mean[i]) / std[i]);
      const trained = `trained with ${figure(mean[i])} +- ${figure(std[i])}`;
      return [
        fault(
          stream,
          `the robot starts outside what was trained: ${name} is ${figure(far)}, ${deviations} deviations off, ${trained}`,
        ),
      ];
    }),
  );
}

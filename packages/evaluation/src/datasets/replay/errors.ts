import type { ComparedElement, ComparedRow } from './compared-actions.ts';
import type { DifferingFrame } from './report.ts';

/** A frame whose action was compared. */
export interface ComparedFrame {
  readonly episode: number;
  readonly frame: number;
  readonly values: ComparedRow;
  readonly recorded: ComparedRow;
}

/** Mean absolute errors, element by element; null for no frames. */
export const meanErrors = (
  frames: readonly Pick<ComparedFrame, 'values' | 'recorded'>[],
  count: number,
): readonly (number | null)[] =>
  Array.from({ length: count }, (_, i) =>
    frames.length === 0
      ? null
      : frames.reduce((sum, { values, recorded }) => sum + Math.abs(values[i] - recorded[i]), 0) / frames.length,
  );

/**
 * The first frame that differs most: the one with the largest mean of its differences, each in multiples of the mean absolute error, since
 * metres and radians do not add up.
 */
export function largestFrame(
  frames: readonly ComparedFrame[],
  elements: readonly ComparedElement[],
  fps: number,
): DifferingFrame | undefined {
  const means = meanErrors(frames, elements.length);
  const shares = ({ values, recorded }: ComparedFrame) =>
    elements.map((_, i) => Math.abs(values[i] - recorded[i]) / (means[i] || 1));
  let [largest, most] = [undefined as ComparedFrame | undefined, -1];
  for (const each of frames) {
    const sum = shares(each).reduce((total, share) => total + share, 0);
    if (sum > most) [largest, most] = [each, sum];
  }
  if (!largest) return undefined;
  const { episode, frame, values, recorded } = largest;
  const all = shares(largest);
  const i = all.indexOf(Math.max(...all));
  return { episode, frame, time: frame / fps, name: elements[i].name, value: values[i], recorded: recorded[i] };
}

import { statisticsOf } from '../numbers/normalisation.ts';
import type { ImportAnswers, Question } from './answers.ts';
import type { ForeignVector } from './foreign-policy.ts';
import type { ImportRobot } from './robot-elements.ts';

/** Collects what is unknown and what was decided, while a manifest is made. */
export interface Inquiry {
  readonly answers: ImportAnswers;
  readonly robot: ImportRobot;
  /** Actions per second; undefined while nothing says it. */
  readonly rateHz: number | undefined;
  ask(question: Question): undefined;
  note(line: string): void;
}

/** What a bare graph does not say of a tensor. */
export function normalisationOf(
  { name, normalisation }: Pick<ForeignVector, 'name' | 'normalisation'>,
  { ask }: Pick<Inquiry, 'ask'>,
): object | undefined {
  if (normalisation) return { ...normalisation };
  return ask({
    option: '--statistics',
    prefix: '',
    form: '<file>|none',
    text: `normalisation of ${name} and of the others: a JSON file with mean and std, min and max, or low and high of each, or none`,
  });
}

/** Range that the data of an element had, as far as its normalisation says: two standard deviations around the mean, or the extremes. */
export function rangeOf(
  { normalisation }: Pick<ForeignVector, 'normalisation'>,
  i: number,
): readonly [low: number, high: number] | undefined {
  if (!normalisation) return undefined;
  const numbers = statisticsOf(normalisation);
  const at = (key: string): number | undefined => {
    const list = numbers[key] as readonly number[] | undefined;
    return list?.[i] ?? list?.[0];
  };
  const [mean, std] = [at('mean'), at('std')];
  if (mean !== undefined && std !== undefined) return [mean - 2 * std, mean + 2 * std];
  const [low, high] = [at('min') ?? at('low'), at('max') ?? at('high')];
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Least rate of a stream (Hz): one sample for each action, or what the stream offers if that is less. */
export const leastRate = (offeredHz: number, { rateHz }: Pick<Inquiry, 'rateHz'>): number =>
  Math.min(offeredHz, rateHz ?? offeredHz);

import { InputError } from '@praxis/core';
import * as z from 'zod';
import { issueText } from '../manifest/issue.ts';
import type { Normalisation } from '../numbers/normalisation.ts';
import type { ForeignImage, ForeignPolicy, ForeignTokenizer, ForeignTokens, ForeignVector } from './foreign-policy.ts';
import { actionSignature, type GraphSignature, inputSignatures } from './graph-signature.ts';

const numbers = z.array(z.number()).min(1);
const entry = z.union(
  [
    z
      .strictObject({ mean: numbers, std: z.array(z.number().positive()).min(1) })
      .transform((given): Normalisation => ({ type: 'mean_std', ...given })),
    z.strictObject({ min: numbers, max: numbers }).transform((given): Normalisation => ({ type: 'min_max', ...given })),
    z
      .strictObject({ low: numbers, high: numbers })
      .transform((given): Normalisation => ({ type: 'quantiles', ...given })),
    z.strictObject({}).transform((): Normalisation => ({ type: 'none' })),
  ],
  { error: 'expected mean and std, min and max, low and high, or an empty object' },
);
const schema = z.record(z.string(), entry);

/** Normalisation of each input and output of a graph, by its name. */
export type GraphStatistics = ReadonlyMap<string, Normalisation>;

/**
 * Reads a parsed file of statistics: for each input and output `{mean, std}`, `{min, max}`, `{low, high}`, or `{}` for none.
 * @param where name of the file in errors
 * @throws {InputError} that names the first wrong field
 */
export function statisticsFile(json: unknown, where: string): GraphStatistics {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new InputError(`${where}: ${issueText(parsed.error, json)}`);
  return new Map(Object.entries(parsed.data));
}

/** What the user says of a graph that says nothing of itself. */
export interface BareAnswers {
  /** Output with the actions. Default: the only one. */
  readonly output?: string;
  /** `none` for a graph whose numbers are not normalised. Default: not known. */
  readonly statistics?: GraphStatistics | 'none';
  /** Range of the values of images before the normalisation. Default: not known. */
  readonly pixels?: '0..1' | '0..255';
  /** What the files of the tokenizer say. Default: there are none. */
  readonly tokenizer?: ForeignTokenizer;
}

/**
 * Describes a graph of which nothing is known but its inputs and outputs.
 * @param where name of the file in errors
 * @throws {InputError} for an input that is no image, vector or text, and for statistics of an input that the graph lacks
 */
export function barePolicy(
  name: string,
  graph: GraphSignature,
  { output, statistics, pixels, tokenizer }: BareAnswers,
  where: string,
): ForeignPolicy {
  const action = actionSignature(graph, output, where);
  const known = [...graph.inputs.map((each) => each.name), action.name];
  if (statistics && statistics !== 'none') {
    const extra = [...statistics.keys()].find((each) => !known.includes(each));
    if (extra !== undefined) throw new InputError(`${where}: statistics of ${extra}, expected ${known.join(', ')}`);
  }
  const none: Normalisation = { type: 'none' };
  const normalisationOf = (tensor: string): Normalisation | undefined =>
    statistics === 'none' ? none : statistics && (statistics.get(tensor) ?? none);
  const inputs = inputSignatures(graph.inputs, where).map((signature) => {
    if (signature.kind === 'string') return signature;
    if (signature.kind === 'tokens') {
      return { ...signature, template: '{text}', side: 'right', tokenizer } satisfies ForeignTokens;
    }
    const common = { source: signature.name, normalisation: normalisationOf(signature.name) };
    if (signature.kind === 'vector') return { ...signature, ...common, names: undefined } satisfies ForeignVector;
    const isBytes = signature.dtype === 'uint8';
    return {
      ...signature,
      ...common,
      ...(isBytes ? { normalisation: none } : {}),
      values: isBytes ? '0..255' : pixels,
    } satisfies ForeignImage;
  });
  return {
    name,
    inputs,
    action: { ...action, normalisation: normalisationOf(action.name), names: undefined },
    rateHz: undefined,
    actionSteps: undefined,
    training: { source: 'onnx' },
    notes: [],
  };
}

import { type Observation, type ObservationInput, PolicyError } from '@praxis/core';
import type { InputManifest, TextInputManifest } from '../manifest/graph-inputs.ts';
import { graphStreams, type ManifestInputs, stepsOf } from '../manifest/graph-streams.ts';
import type { GraphTensor } from '../processors/graph-tensor.ts';
import { makeTensor } from '../processors/make-tensor.ts';
import { type Tokenizer, wordTokenizer } from '../processors/tokenizer.ts';
import { fileTokenizer } from '../processors/tokenizer-file.ts';
import type { DeclaredTensor } from './check-tensors.ts';
import { checkedFile, type PolicySource, placeOf } from './files.ts';
import type { OnnxBackend, OnnxFeeds } from './session.ts';

/** An input of a graph, and the tensor that is written for it. */
export interface GraphInput {
  readonly manifest: InputManifest;
  readonly tensor: GraphTensor;
  /** Policy or encoder, and the input, in errors. */
  readonly where: string;
}

/**
 * Makes the tensors of the inputs of one graph, in their order.
 * @param owner policy or encoder in errors
 * @param policy what all inputs of the policy read, and the digests of its tokenizers
 * @throws {PolicyError} when a tokenizer is missing or wrong
 */
export async function makeInputs(
  owner: string,
  inputs: readonly InputManifest[],
  policy: ManifestInputs & { readonly sha256: Readonly<Record<string, string>> },
  source: PolicySource,
): Promise<readonly GraphInput[]> {
  const streams = graphStreams(policy);
  const openTokenizer = async (of: TextInputManifest['tokenizer']): Promise<Tokenizer> => {
    if (of.type === 'words') return wordTokenizer(of.vocabulary, of.corrects);
    const bytes = await checkedFile(source, policy.sha256, of.file);
    return fileTokenizer(bytes, placeOf(source, of.file), of.specialTokens);
  };
  const made: GraphInput[] = [];
  for (const manifest of inputs) {
    const where = `${owner}, input ${manifest.name}`;
    const context = { where, steps: stepsOf(manifest, policy), streams, openTokenizer };
    made.push({ manifest, tensor: await makeTensor(manifest, context), where });
  }
  return made;
}

/** The tensors of an input by the names of the graph's inputs: its own, and the mask of a text. */
function tensorsOf({ manifest, tensor }: GraphInput): readonly (readonly [string, NonNullable<GraphTensor['mask']>])[] {
  const own = [manifest.name, tensor] as const;
  if (manifest.type !== 'text' || !manifest.mask || !tensor.mask) return [own];
  return [own, [manifest.mask.name, tensor.mask]];
}

/** The inputs of a graph as the manifest declares them. */
export const declaredInputs = (inputs: readonly GraphInput[]): readonly DeclaredTensor[] =>
  inputs.flatMap(tensorsOf).map(([name, { shape, dtype, axes }]) => ({ name, shape, dtype, axes }));

/** What a graph is fed with: the buffers that the tensors write. */
export const feedsOf = (inputs: readonly GraphInput[], backend: OnnxBackend): OnnxFeeds =>
  Object.fromEntries(
    inputs.flatMap(tensorsOf).map(([name, { data, shape, dtype }]) => [name, backend.tensor(data, shape, dtype)]),
  );

/** What an observation has of the streams of an input. @throws {PolicyError} when it lacks a stream */
export function observed({ tensor, where }: GraphInput, { inputs }: Observation): readonly ObservationInput[] {
  return tensor.streams.map((stream) => {
    const given = inputs.get(stream);
    if (!given) throw new PolicyError(`${where}: the observation has no stream ${stream}`);
    return given;
  });
}

/** The stream that is missing, too old or masked; undefined where all are there. */
export const absentStream = ({ tensor }: GraphInput, given: readonly ObservationInput[]): string | undefined =>
  tensor.streams.find((_, i) => !given[i].present || given[i].samples.length === 0);

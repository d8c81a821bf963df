import type { GraphInputManifest } from '../manifest/graph-inputs.ts';
import type { GraphManifest } from '../manifest/graph-manifest.ts';
import { graphStreams, stepsOf } from '../manifest/graph-streams.ts';
import type { GraphTensor } from '../processors/graph-tensor.ts';
import { imageTensor } from '../processors/image-tensor.ts';
import { textTensor } from '../processors/text-tensor.ts';
import { type Tokenizer, wordTokenizer } from '../processors/tokenizer.ts';
import { fileTokenizer } from '../processors/tokenizer-file.ts';
import { vectorTensor } from '../processors/vector-tensor.ts';
import { checkTensors, type DeclaredTensor } from './check-tensors.ts';
import { checkedFile, openSession, type PolicySource, placeOf } from './files.ts';
import { GraphPolicy, outputActions } from './graph-policy.ts';

type TextTokenizer = Extract<GraphInputManifest, { type: 'text' }>['tokenizer'];

async function openTokenizer(source: PolicySource, manifest: GraphManifest, of: TextTokenizer): Promise<Tokenizer> {
  if (of.type === 'words') return wordTokenizer(of.vocabulary);
  const bytes = await checkedFile(source, manifest.sha256, of.file);
  return fileTokenizer(bytes, placeOf(source, of.file), of.specialTokens);
}

/** Makes the tensors of a manifest's inputs, in their order. @throws {PolicyError} when a tokenizer is missing or wrong */
async function makeTensors(manifest: GraphManifest, source: PolicySource): Promise<GraphTensor[]> {
  const streams = new Map(graphStreams(manifest).map((spec) => [spec.name, spec]));
  const tensors: GraphTensor[] = [];
  for (const input of manifest.inputs) {
    const where = `policy ${manifest.name}, input ${input.name}`;
    const steps = stepsOf(input, manifest);
    if (input.type === 'image') tensors.push(imageTensor(where, input, steps));
    else if (input.type === 'vector') {
      const elements = input.parts.map(({ stream }) => streams.get(stream)?.names);
      tensors.push(vectorTensor(where, input, elements, steps));
    } else tensors.push(textTensor(where, input, await openTokenizer(source, manifest, input.tokenizer)));
  }
  return tensors;
}

/** The inputs of the graph as the manifest declares them. */
const declaredInputs = ({ inputs }: GraphManifest, tensors: readonly GraphTensor[]): readonly DeclaredTensor[] =>
  inputs.flatMap((input, i) => {
    const { mask, ...own } = tensors[i];
    const declared: DeclaredTensor[] = [{ ...own, name: input.name }];
    if (input.type === 'text' && input.mask && mask) declared.push({ ...mask, name: input.mask.name });
    return declared;
  });

/**
 * Loads the graph and the tokenizers of a policy of one graph, and checks them against its manifest.
 * @throws {PolicyError} with the file, the value and the expected value
 */
export async function loadGraphPolicy(manifest: GraphManifest, source: PolicySource): Promise<GraphPolicy> {
  const where = placeOf(source, manifest.graph);
  const tensors = await makeTensors(manifest, source);
  const session = await openSession(source, manifest.sha256, manifest.graph);
  try {
    checkTensors('input', session.inputs, declaredInputs(manifest, tensors), where);
    const outputs = outputActions(manifest).outputs.map((output, i) => {
      return { ...output, dtype: 'float32', axes: manifest.action.outputs[i].axes };
    });
    checkTensors('output', session.outputs, outputs, where);
    return new GraphPolicy({ manifest, backend: source.backend, session, tensors });
  } catch (error) {
    await session.release();
    throw error;
  }
}

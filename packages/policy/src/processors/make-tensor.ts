import type { PolicyInputSpec } from '@praxis/core';
import type { InputManifest, TextInputManifest } from '../manifest/graph-inputs.ts';
import type { GraphTensor } from './graph-tensor.ts';
import { halfTensor } from './half-tensor.ts';
import { imageTensor } from './image-tensor.ts';
import { rawTextTensor } from './raw-text-tensor.ts';
import { textTensor } from './text-tensor.ts';
import type { Tokenizer } from './tokenizer.ts';
import { vectorTensor } from './vector-tensor.ts';

/** What the tensor of an input depends on, beside its entry in the manifest. */
export interface TensorContext {
  /** Policy and input in errors. */
  readonly where: string;
  /** Observations that are stacked, oldest first. */
  readonly steps: number;
  /** Streams of the policy, whose names give the order in which the control loop hands elements over. */
  readonly streams: readonly PolicyInputSpec[];
  /** Opens the tokenizer of a text. @throws {PolicyError} when it is missing or wrong */
  openTokenizer(of: TextInputManifest['tokenizer']): Promise<Tokenizer>;
}

/** Makes the tensor of an input of a graph. */
export async function makeTensor(
  input: InputManifest,
  { where, steps, streams, openTokenizer }: TensorContext,
): Promise<GraphTensor> {
  switch (input.type) {
    case 'image': {
      const tensor = imageTensor(where, input, steps);
      return input.dtype === 'float16' ? halfTensor(tensor) : tensor;
    }
    case 'vector': {
      const elements = input.parts.map(({ stream }) => streams.find(({ name }) => name === stream)?.names);
      const tensor = vectorTensor(where, input, elements, steps);
      return input.dtype === 'float16' ? halfTensor(tensor) : tensor;
    }
    case 'text':
      return textTensor(where, input, await openTokenizer(input.tokenizer));
    case 'raw_text':
      return rawTextTensor(where, input);
  }
}

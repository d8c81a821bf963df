import { PolicyError } from '@praxis/core';
import type { TextInputManifest } from '../manifest/graph-inputs.ts';
import { defaultAxes, layoutOf } from '../numbers/axes.ts';
import type { GraphDtype, GraphTensor, TensorData } from './graph-tensor.ts';
import type { Tokenizer } from './tokenizer.ts';

const zeros = (dtype: GraphDtype, size: number): TensorData => {
  if (dtype === 'int64') return new BigInt64Array(size);
  if (dtype === 'int32') return new Int32Array(size);
  return dtype === 'float32' ? new Float32Array(size) : new Uint8Array(size);
};

function put(data: TensorData, i: number, value: number): void {
  if (data instanceof BigInt64Array) data[i] = BigInt(value);
  else data[i] = value;
}

/**
 * Makes the tensor of a text input: the tokens of the text, cut at the declared length or padded, and the mask that is 1 for each token.
 * An unchanged text costs nothing.
 * @param where policy and input in errors
 */
export function textTensor(where: string, input: TextInputManifest, tokenizer: Tokenizer): GraphTensor {
  const { length, padding, template, dtype } = input;
  const axes = input.axes ?? defaultAxes(['element'], 1);
  const { shape } = layoutOf(axes, { element: length });
  const data = zeros(dtype, length);
  const mask = input.mask && { dtype: input.mask.dtype, shape, axes, data: zeros(input.mask.dtype, length) };
  let last: string | undefined;
  const writeTokens = (tokens: readonly number[]): void => {
    const first = padding.side === 'left' ? length - tokens.length : 0;
    for (let i = 0; i < length; i++) {
      const token = tokens[i - first];
      put(data, i, token ?? padding.token);
      if (mask) put(mask.data, i, token === undefined ? 0 : 1);
    }
  };
  return {
    dtype,
    shape,
    axes,
    data,
    mask,
    streams: [input.stream],
    clear() {
      last = undefined;
      writeTokens([]);
    },
    write([samples]) {
      const text = samples[samples.length - 1];
      if (typeof text !== 'string') {
        throw new PolicyError(`${where}: a sample has type ${typeof text}, expected a string`);
      }
      if (text === last) return;
      writeTokens(tokenizer.encode(template.replace('{text}', () => text)).slice(0, length));
      last = text;
    },
  };
}

import { PolicyError, type StreamValue } from '@praxis/core';
import type { TextInputManifest } from '../manifest/graph-inputs.ts';
import { defaultAxes, layoutOf } from '../numbers/axes.ts';
import type { GraphTensor } from './graph-tensor.ts';
import type { Tokenizer } from './tokenizer.ts';

type TokenData = BigInt64Array | Int32Array | Float32Array | Uint8Array;

const zeros = (dtype: 'int64' | 'int32' | 'float32' | 'bool', size: number): TokenData => {
  if (dtype === 'int64') return new BigInt64Array(size);
  if (dtype === 'int32') return new Int32Array(size);
  return dtype === 'float32' ? new Float32Array(size) : new Uint8Array(size);
};

function put(data: TokenData, i: number, value: number): void {
  if (data instanceof BigInt64Array) data[i] = BigInt(value);
  else data[i] = value;
}

/** The newest text of a stream, in its template. @throws {PolicyError} for a sample that is no text */
export function textOf(where: string, samples: readonly StreamValue[], template: string): string {
  const text = samples[samples.length - 1];
  if (typeof text !== 'string') throw new PolicyError(`${where}: a sample has type ${typeof text}, expected a string`);
  return template.replace('{text}', () => text);
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
      const text = textOf(where, samples, template);
      if (text === last) return;
      writeTokens(tokenizer.encode(text, length));
      last = text;
    },
  };
}

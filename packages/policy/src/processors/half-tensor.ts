import { halfBits } from '../numbers/half.ts';
import type { GraphTensor } from './graph-tensor.ts';

/** Makes a tensor of 16-bit numbers of one of float32: the nearest ones. Numbers beyond 65504 become infinite. */
export function halfTensor(tensor: GraphTensor): GraphTensor {
  const source = tensor.data as Float32Array;
  const data = new Uint16Array(source.length);
  const round = (): void => {
    for (let i = 0; i < data.length; i++) data[i] = halfBits(source[i]);
  };
  return {
    ...tensor,
    dtype: 'float16',
    data,
    write(samples) {
      tensor.write(samples);
      round();
    },
    clear() {
      tensor.clear();
      round();
    },
  };
}

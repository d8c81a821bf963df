import type { RawTextInputManifest } from '../manifest/graph-inputs.ts';
import { layoutOf } from '../numbers/axes.ts';
import type { GraphTensor } from './graph-tensor.ts';
import { textOf } from './text-tensor.ts';

/** Makes the tensor of a text that the graph gets as it is, after its template; an absent one is the empty text. @param where policy and input in errors */
export function rawTextTensor(where: string, { axes, stream, template }: RawTextInputManifest): GraphTensor {
  const data = [''];
  return {
    dtype: 'string',
    shape: layoutOf(axes, { element: 1 }).shape,
    axes,
    data,
    streams: [stream],
    clear() {
      data[0] = '';
    },
    write([samples]) {
      data[0] = textOf(where, samples, template);
    },
  };
}

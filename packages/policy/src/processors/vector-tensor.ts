import { type JointState, PolicyError, type StreamValue } from '@praxis/core';
import type { VectorInputManifest, VectorPartManifest } from '../manifest/graph-inputs.ts';
import { partSize, partUnit } from '../manifest/graph-streams.ts';
import { defaultAxes, layoutOf } from '../numbers/axes.ts';
import { linearNormalisation, normalised } from '../numbers/normalisation.ts';
import { lineOf, siUnit } from '../numbers/units.ts';
import { type GraphTensor, sampleAt } from './graph-tensor.ts';

const isJoints = (value: StreamValue): value is JointState => typeof value === 'object' && 'position' in value;

/**
 * Makes the tensor of a vector input: for each step the parts one after another, in the units of the network, normalised.
 * @param where policy and input in errors
 * @param elements names of the elements that each part's stream hands over, in its order; undefined for a stream without names
 * @param steps vectors that are stacked, oldest first
 */
export function vectorTensor(
  where: string,
  input: VectorInputManifest,
  elements: readonly (readonly string[] | undefined)[],
  steps: number,
): GraphTensor {
  const size = input.parts.reduce((sum, part) => sum + partSize(part), 0);
  const axes = input.axes ?? defaultAxes(['element'], steps);
  const layout = layoutOf(axes, { step: steps, element: size });
  const data = new Float32Array(layout.size);
  const normalisation = linearNormalisation(input.normalisation, 1, size);
  const readers = input.parts.map((part, i) => partReader(`${where}, stream ${part.stream}`, part, elements[i]));
  return {
    dtype: 'float32',
    shape: layout.shape,
    axes,
    data,
    streams: input.parts.map(({ stream }) => stream),
    clear: () => {
      data.fill(0);
    },
    write(samples) {
      for (let step = 0; step < steps; step++) {
        let element = 0;
        for (let part = 0; part < readers.length; part++) {
          const numbers = readers[part](sampleAt(samples[part], step, steps));
          for (let i = 0; i < numbers.length; i++, element++) {
            const at = step * layout.stride.step + element * layout.stride.element;
            data[at] = normalised(numbers[i], normalisation, element);
          }
        }
      }
    },
  };
}

/** Makes the function that reads the numbers of a part from a sample, in the part's unit and after its map. Its result is reused. */
function partReader(
  where: string,
  part: VectorPartManifest,
  elements: readonly string[] | undefined,
): (sample: StreamValue) => Float64Array {
  const size = partSize(part);
  const { scale, offset } = lineOf(part.map);
  const factors = Float64Array.from({ length: size }, (_, i) => scale / siUnit(partUnit(part, i)).factor);
  const numbers = new Float64Array(size);
  const names = part.names ?? Array.from({ length: size }, (_, i) => `element ${i}`);
  const expected = elements?.length ?? size;
  /** Index of each number in a vector, which has the elements in the order in which the loop hands them over. */
  const inVector = Int32Array.from(names, (name, i) => (elements ? elements.indexOf(name) : i));
  /** The same in a joint state, which has names of its own. */
  const inJoints = new Int32Array(size);
  let known: readonly string[] | undefined;
  const orderIn = (joints: JointState): Int32Array => {
    if (joints.names === known) return inJoints;
    for (const [i, name] of names.entries()) inJoints[i] = joints.names.indexOf(name);
    const missing = inJoints.indexOf(-1);
    if (missing >= 0) {
      throw new PolicyError(`${where}: a sample lacks ${names[missing]}, it has ${joints.names.join(', ')}`);
    }
    known = joints.names;
    return inJoints;
  };
  const take = (values: ArrayLike<number>, order: Int32Array): Float64Array => {
    for (let i = 0; i < size; i++) {
      const value = values[order[i]];
      if (!Number.isFinite(value)) throw new PolicyError(`${where}: ${names[i]} is ${value}, expected finite`);
      numbers[i] = value * factors[i] + offset;
    }
    return numbers;
  };
  return (sample) => {
    if (sample instanceof Float64Array && sample.length === expected && part.quantity === 'position') {
      return take(sample, inVector);
    }
    // The control loop hands over the joints of a stream without names in the robot's order.
    if (isJoints(sample) && !part.names && sample.position.length === expected) return take(sample.position, inVector);
    if (isJoints(sample) && part.names) {
      const values = sample[part.quantity];
      if (!values) throw new PolicyError(`${where}: a sample has no ${part.quantity}`);
      return take(values, orderIn(sample));
    }
    const given = sample instanceof Float64Array ? `${sample.length} numbers` : `type ${typeof sample}`;
    const wanted = part.quantity === 'position' ? `${expected} numbers` : `joints with ${part.quantity}`;
    throw new PolicyError(`${where}: a sample has ${given}, expected ${wanted}`);
  };
}

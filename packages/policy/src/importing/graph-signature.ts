import { InputError } from '@praxis/core';
import type { Axis } from '../numbers/axes.ts';
import type { OnnxSession, TensorInfo } from '../onnx/session.ts';
import type { ForeignAction, ForeignImage, ForeignVector } from './foreign-policy.ts';

/** Inputs and outputs of a graph. */
export type GraphSignature = Pick<OnnxSession, 'inputs' | 'outputs'>;

const CHANNELS = 3;
const IMAGE_LAYOUTS: readonly (readonly Axis[])[] = [
  ['batch', 'channel', 'height', 'width'],
  ['batch', 'height', 'width', 'channel'],
  ['batch', 'step', 'channel', 'height', 'width'],
  ['batch', 'step', 'height', 'width', 'channel'],
];

/** What the shape of an input says: an image has four or five dimensions, one of them of three channels; a vector two or three. */
export type InputSignature =
  | Pick<ForeignImage, 'kind' | 'name' | 'steps' | 'axes' | 'height' | 'width' | 'dtype'>
  | Pick<ForeignVector, 'kind' | 'name' | 'steps' | 'axes' | 'size'>;

/** Sizes of a tensor whose batch is one; an open batch counts as one. @throws {InputError} for any other open dimension */
function sizesOf({ name, shape }: TensorInfo, where: string): readonly number[] {
  return shape.map((size, i) => {
    if (typeof size === 'number' && size > 0) return size;
    if (i === 0) return 1;
    throw new InputError(
      `${where}: dimension ${i} of ${name} is open (${size}), expected a fixed size; export the graph without it`,
    );
  });
}

/**
 * Reads what an input of a graph is from its type and shape.
 * @param where name of the file in errors
 * @throws {InputError} when it is neither an image nor a vector, whose batch is one
 */
export function inputSignature(info: TensorInfo, where: string): InputSignature {
  const { name, type } = info;
  const sizes = sizesOf(info, where);
  const given = `${type} [${info.shape.join(', ')}]`;
  if (sizes[0] !== 1) throw new InputError(`${where}: input ${name} is ${given}, expected a batch of one`);
  const isImageType = type === 'float32' || type === 'uint8';
  const fitting = IMAGE_LAYOUTS.filter(
    (axes) => axes.length === sizes.length && sizes[axes.indexOf('channel')] === CHANNELS,
  );
  if (isImageType && fitting.length > 0) {
    const axes = fitting[0];
    const sizeOf = (axis: Axis): number => sizes[axes.indexOf(axis)];
    const [height, width] = [sizeOf('height'), sizeOf('width')];
    return { kind: 'image', name, dtype: type, axes, height, width, steps: axes.includes('step') ? sizes[1] : 1 };
  }
  if (type === 'float32' && sizes.length === 2) {
    return { kind: 'vector', name, axes: ['batch', 'element'], size: sizes[1], steps: 1 };
  }
  if (type === 'float32' && sizes.length === 3) {
    return { kind: 'vector', name, axes: ['batch', 'step', 'element'], size: sizes[2], steps: sizes[1] };
  }
  throw new InputError(
    `${where}: input ${name} is ${given}, expected an image (float32 or uint8, 3 channels) or a vector (float32); docs/policy-manifest.md says how to write a manifest for other inputs`,
  );
}

/**
 * Finds the output with the actions, float32 of the shape batch, step, element, or step, element, or batch, element.
 * @param named name of the output; undefined selects the only one
 * @param where name of the file in errors
 * @throws {InputError} when there are several, none of the name, or it has another type or shape
 */
export function actionSignature(
  { outputs }: Pick<GraphSignature, 'outputs'>,
  named: string | undefined,
  where: string,
): Pick<ForeignAction, 'name' | 'rows' | 'size' | 'axes'> {
  const names = outputs.map(({ name }) => name);
  const info = named === undefined ? outputs[0] : outputs.find(({ name }) => name === named);
  if (!info || (named === undefined && outputs.length > 1)) {
    throw new InputError(`${where}: outputs are ${names.join(', ')}, expected --output with that of the actions`);
  }
  const sizes = sizesOf(info, where);
  const given = `${info.type} [${info.shape.join(', ')}]`;
  if (info.type === 'float32' && sizes.length === 3 && sizes[0] === 1) {
    return { name: info.name, axes: ['batch', 'step', 'element'], rows: sizes[1], size: sizes[2] };
  }
  if (info.type === 'float32' && sizes.length === 2 && sizes[0] === 1) {
    return { name: info.name, axes: ['batch', 'element'], rows: 1, size: sizes[1] };
  }
  throw new InputError(
    `${where}: output ${info.name} is ${given}, expected float32 of the shape [1, actions, elements] or [1, elements]`,
  );
}

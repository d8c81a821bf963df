import { InputError } from '@praxis/core';
import type { Axis } from '../numbers/axes.ts';
import type { OnnxSession, TensorInfo } from '../onnx/session.ts';
import type {
  ForeignAction,
  ForeignFloat,
  ForeignImage,
  ForeignString,
  ForeignTokens,
  ForeignVector,
  TokenMaskType,
} from './foreign-policy.ts';

/** Inputs and outputs of a graph. */
export type GraphSignature = Pick<OnnxSession, 'inputs' | 'outputs'>;

const CHANNELS = 3;
const IMAGE_LAYOUTS: readonly (readonly Axis[])[] = [
  ['batch', 'channel', 'height', 'width'],
  ['batch', 'height', 'width', 'channel'],
  ['batch', 'step', 'channel', 'height', 'width'],
  ['batch', 'step', 'height', 'width', 'channel'],
];

/**
 * What type and shape of an input say: an image has four or five dimensions, one of them of three channels; a vector of floats two or three;
 * tokens are integers in two dimensions, and their mask has the word in its name or is `bool`; a text is one string.
 */
export type InputSignature =
  | Pick<ForeignImage, 'kind' | 'name' | 'steps' | 'axes' | 'height' | 'width' | 'dtype'>
  | Pick<ForeignVector, 'kind' | 'name' | 'steps' | 'axes' | 'size' | 'dtype'>
  | Pick<ForeignTokens, 'kind' | 'name' | 'axes' | 'size' | 'dtype' | 'mask'>
  | ForeignString;

/** The mask of an input with tokens. */
interface MaskSignature {
  readonly kind: 'mask';
  readonly name: string;
  readonly size: number;
  readonly dtype: TokenMaskType;
}

/** Types of a mask whose name says what it is; `bool` is one under any name. */
const MASK_TYPES: readonly string[] = ['int64', 'int32', 'float32', 'bool'];

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
 * Reads what the inputs of a graph are from their types and shapes. A mask goes to the tokens of its length.
 * @param where name of the file in errors
 * @throws {InputError} by the name of the input that is none of them, whose batch is not one, or whose mask has no tokens or several
 */
export function inputSignatures(infos: readonly TensorInfo[], where: string): readonly InputSignature[] {
  const all = infos.map((info) => signatureOf(info, where));
  const masks = all.filter((each) => each.kind === 'mask');
  const tokens = all.filter((each) => each.kind === 'tokens');
  for (const { name, size } of masks) {
    const fitting = tokens.filter((each) => each.size === size);
    if (fitting.length === 1 && masks.filter((each) => each.size === size).length === 1) continue;
    const given = fitting.map((each) => each.name).join(', ') || 'none';
    throw new InputError(
      `${where}: input ${name} is a mask of ${size}; tokens of this length are ${given}, expected one`,
    );
  }
  return all.flatMap((each): readonly InputSignature[] => {
    if (each.kind === 'mask') return [];
    if (each.kind !== 'tokens') return [each];
    const mask = masks.find(({ size }) => size === each.size);
    return [{ ...each, mask: mask && { name: mask.name, dtype: mask.dtype } }];
  });
}

function signatureOf(info: TensorInfo, where: string): InputSignature | MaskSignature {
  const { name, type } = info;
  const sizes = sizesOf(info, where);
  const given = `${type} [${info.shape.join(', ')}]`;
  if (type === 'string' && sizes.length <= 2 && sizes.every((size) => size === 1)) {
    return { kind: 'string', name, axes: (['batch', 'element'] as const).slice(0, sizes.length) };
  }
  if (sizes[0] !== 1) throw new InputError(`${where}: input ${name} is ${given}, expected a batch of one`);
  const text = textSignature(name, type, sizes);
  if (text) return text;
  const dtype = type as ForeignImage['dtype'];
  const fitting = IMAGE_LAYOUTS.filter(
    (axes) => axes.length === sizes.length && sizes[axes.indexOf('channel')] === CHANNELS,
  );
  if (IMAGE_TYPES.includes(type) && fitting.length > 0) {
    const axes = fitting[0];
    const sizeOf = (axis: Axis): number => sizes[axes.indexOf(axis)];
    const [height, width] = [sizeOf('height'), sizeOf('width')];
    return { kind: 'image', name, dtype, axes, height, width, steps: axes.includes('step') ? sizes[1] : 1 };
  }
  if (isFloat(type) && sizes.length === 2) {
    return { kind: 'vector', name, dtype: type, axes: ['batch', 'element'], size: sizes[1], steps: 1 };
  }
  if (isFloat(type) && sizes.length === 3) {
    return { kind: 'vector', name, dtype: type, axes: ['batch', 'step', 'element'], size: sizes[2], steps: sizes[1] };
  }
  throw new InputError(
    `${where}: input ${name} is ${given}, expected an image (float32, float16 or uint8, 3 channels), a vector (float32 or float16), tokens (int64 or int32) with their mask, or a string; docs/policy-manifest.md says how to write a manifest for other inputs`,
  );
}

const isFloat = (type: string): type is ForeignFloat => type === 'float32' || type === 'float16';
const IMAGE_TYPES: readonly string[] = ['float32', 'float16', 'uint8'];

function textSignature(
  name: string,
  type: string,
  sizes: readonly number[],
): Extract<InputSignature, { kind: 'tokens' }> | MaskSignature | undefined {
  if (sizes.length !== 2) return undefined;
  const [, size] = sizes;
  if (type === 'bool' || (/mask/i.test(name) && MASK_TYPES.includes(type))) {
    return { kind: 'mask', name, size, dtype: type as TokenMaskType };
  }
  if (type !== 'int64' && type !== 'int32') return undefined;
  return { kind: 'tokens', name, size, dtype: type, axes: ['batch', 'element'], mask: undefined };
}

/**
 * Finds the output with the actions, float32 or float16 of the shape batch, step, element, or step, element, or batch, element.
 * @param named name of the output; undefined selects the only one
 * @param where name of the file in errors
 * @throws {InputError} when there are several, none of the name, or it has another type or shape
 */
export function actionSignature(
  { outputs }: Pick<GraphSignature, 'outputs'>,
  named: string | undefined,
  where: string,
): Pick<ForeignAction, 'name' | 'rows' | 'size' | 'axes' | 'dtype'> {
  const names = outputs.map(({ name }) => name);
  const info = named === undefined ? outputs[0] : outputs.find(({ name }) => name === named);
  if (!info || (named === undefined && outputs.length > 1)) {
    throw new InputError(`${where}: outputs are ${names.join(', ')}, expected --output with that of the actions`);
  }
  const sizes = sizesOf(info, where);
  const given = `${info.type} [${info.shape.join(', ')}]`;
  if (isFloat(info.type) && sizes.length === 3 && sizes[0] === 1) {
    return { name: info.name, dtype: info.type, axes: ['batch', 'step', 'element'], rows: sizes[1], size: sizes[2] };
  }
  if (isFloat(info.type) && sizes.length === 2 && sizes[0] === 1) {
    return { name: info.name, dtype: info.type, axes: ['batch', 'element'], rows: 1, size: sizes[1] };
  }
  throw new InputError(
    `${where}: output ${info.name} is ${given}, expected float32 of the shape [1, actions, elements] or [1, elements]`,
  );
}

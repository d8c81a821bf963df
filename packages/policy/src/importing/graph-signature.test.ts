import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { actionSignature, inputSignatures } from './graph-signature.ts';

const signature = (type: string, ...shape: readonly (number | string)[]) =>
  inputSignatures([{ name: 'x', type, shape }], 'net.onnx')[0];

describe('inputSignature', () => {
  it.each([
    [
      ['float32', 1, 3, 48, 64],
      { kind: 'image', height: 48, width: 64, steps: 1, axes: ['batch', 'channel', 'height', 'width'] },
    ],
    [
      ['float32', 'N', 48, 64, 3],
      { kind: 'image', height: 48, width: 64, axes: ['batch', 'height', 'width', 'channel'] },
    ],
    [
      ['uint8', 1, 2, 48, 64, 3],
      { kind: 'image', dtype: 'uint8', steps: 2, axes: ['batch', 'step', 'height', 'width', 'channel'] },
    ],
    [['float32', -1, 2, 3, 48, 64], { kind: 'image', steps: 2, axes: ['batch', 'step', 'channel', 'height', 'width'] }],
    [['float32', 1, 6], { kind: 'vector', dtype: 'float32', size: 6, steps: 1 }],
    [['float16', 1, 6], { kind: 'vector', dtype: 'float16' }],
    [['float16', 1, 3, 48, 64], { kind: 'image', dtype: 'float16' }],
    [['int32', 1, 48], { kind: 'tokens', dtype: 'int32', size: 48, mask: undefined }],
    [['string', 'N'], { kind: 'string', axes: ['batch'] }],
    [['string'], { kind: 'string', axes: [] }],
    [['float32', 1, 4, 6], { kind: 'vector', size: 6, steps: 4, axes: ['batch', 'step', 'element'] }],
  ] as const)('%j', ([type, ...shape], expected) => {
    expect(signature(type, ...shape)).toMatchObject(expected);
  });

  it('gives each mask to the tokens of its length', () => {
    const info = (name: string, type: string, size: number) => ({ name, type, shape: [1, size] });
    const inputs = [
      info('state', 'float32', 8),
      info('attention_mask', 'int64', 8),
      info('input_ids', 'int64', 8),
      info('other', 'int32', 4),
    ];
    expect(inputSignatures(inputs, 'net.onnx')).toMatchObject([
      { kind: 'vector', name: 'state' },
      { kind: 'tokens', name: 'input_ids', mask: { name: 'attention_mask', dtype: 'int64' } },
      { kind: 'tokens', name: 'other', mask: undefined },
    ]);
    const twice = [...inputs, info('more_ids', 'int64', 8)];
    expect(() => inputSignatures(twice, 'net.onnx')).toThrow(
      'net.onnx: input attention_mask is a mask of 8; tokens of this length are input_ids, more_ids, expected one',
    );
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'a batch of two',
      () => signature('float32', 2, 6),
      /^net.onnx: input x is float32 \[2, 6\], expected a batch of one/,
    ],
    ['an open size', () => signature('float32', 1, 3, 'H', 64), /dimension 2 of x is open \(H\)/],
    [
      'other integers',
      () => signature('int64', 1, 4, 48),
      /input x is int64 \[1, 4, 48\], expected an image .* a vector/,
    ],
    [
      'a mask without tokens',
      () => signature('bool', 1, 48),
      /input x is a mask of 48; tokens of this length are none/,
    ],
    ['several strings', () => signature('string', 4), /input x is string \[4\], expected a batch of one/],
    ['a grey image', () => signature('float32', 1, 1, 48, 64), /expected an image/],
    ['a scalar', () => signature('float32'), /expected a batch of one/],
  ])('refuses %s by name', (_, read, line) => {
    expect(read).toThrow(InputError);
    expect(read).toThrow(line);
  });
});

describe('actionSignature', () => {
  const output = (name: string, ...shape: readonly number[]) => ({ name, type: 'float32', shape });
  const find = (outputs: readonly ReturnType<typeof output>[], named?: string) =>
    actionSignature({ outputs }, named, 'net.onnx');

  it('takes the only output, or the one that is named', () => {
    expect(find([output('a', 1, 16, 6)])).toEqual({
      ...{ name: 'a', dtype: 'float32', rows: 16, size: 6 },
      axes: ['batch', 'step', 'element'],
    });
    expect(find([output('value', 1, 1), output('pi', 1, 7)], 'pi')).toEqual({
      ...{ name: 'pi', dtype: 'float32', rows: 1, size: 7 },
      axes: ['batch', 'element'],
    });
  });

  it('asks for the output where there are several, and refuses other shapes', () => {
    const two = [output('a', 1, 16, 6), output('b', 1, 6)];
    expect(() => find(two)).toThrow('net.onnx: outputs are a, b, expected --output with that of the actions');
    expect(() => find(two, 'c')).toThrow('outputs are a, b');
    expect(() => find([output('a', 6)])).toThrow('output a is float32 [6], expected float32 of the shape');
  });
});

import { checkChunk, type PolicySpec, type StreamValue } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { OutputActions } from '../actions/output-actions.ts';
import type { GraphTensor } from '../processors/graph-tensor.ts';
import { makeTensor } from '../processors/make-tensor.ts';
import { wordTokenizer } from '../processors/tokenizer.ts';
import { actionOutputOf, encoderInputOf } from './first-version.ts';
import type { BlocksManifest, EncoderManifest, ProcessorManifest } from './manifest.ts';

/** The tensor of an encoder with a processor, for samples of a shape. */
function tensorOf(processor: ProcessorManifest, shape: readonly number[], window = 1): Promise<GraphTensor> {
  const encoder: EncoderManifest = {
    ...{ name: 'x', modality: 'm', file: 'x.onnx', outputs: [{ name: 'tokens', shape: [1] }] },
    input: {
      ...{ name: 'in', stream: 's', dtype: 'float64', shape: [...shape], unit: 'deg', frame: '', rateHz: 0, window },
      ...{ maximumAge: 1, processor },
    },
  };
  return makeTensor(encoderInputOf(encoder), {
    ...{ where: 'encoder x', steps: window, streams: [] },
    openTokenizer: async (of) => wordTokenizer(of.type === 'words' ? of.vocabulary : []),
  });
}

const written = (tensor: GraphTensor, ...samples: readonly StreamValue[]): number[] => {
  tensor.write([samples]);
  return Array.from(tensor.data as Float32Array, Number);
};

describe('an input of the first version', () => {
  it('has the channels of an image in front, each normalised', async () => {
    const tensor = await tensorOf({ type: 'image', mean: [0.5, 0.25, 0], std: [0.5, 0.25, 1] }, [1, 2, 3]);
    expect(tensor.shape).toEqual([1, 3, 1, 2]);
    const data = Uint8Array.of(255, 0, 51, 0, 255, 102);
    expect(written(tensor, { width: 2, height: 1, data })).toEqual([1, -1, -1, 3, 0.2, 0.4].map(Math.fround));
    expect(() => written(tensor, 'red')).toThrow('encoder x: a sample has type string, expected an image');
    expect(() => written(tensor, { width: 2, height: 1, data: new Uint8Array(5) })).toThrow(
      'an image of 2 x 1 has 5 bytes, expected 6',
    );
  });

  it('has the samples of a window oldest first, repeats the oldest, and keeps the unit of the stream', async () => {
    const statistics = { type: 'vector', mean: [1, 10], std: [2, 5] } as const;
    const sample = (a: number, b: number) => Float64Array.of(a, b);
    const two = await tensorOf({ ...statistics, mean: [1, 10], std: [2, 5] }, [2], 2);
    expect(two.shape).toEqual([1, 2, 2]);
    expect(written(two, sample(1, 10), sample(5, 0))).toEqual([0, 0, 2, -2]);
    expect(written(two, sample(5, 0))).toEqual([2, -2, 2, -2]);
    const one = await tensorOf({ ...statistics, mean: [1, 10], std: [2, 5] }, [2]);
    expect(one.shape).toEqual([1, 2]);
    expect(written(one, sample(3, 15), sample(5, 0))).toEqual([2, -2]);
    // Positions of joints that the manifest does not name are those of the stream.
    const joints = { names: ['shoulder', 'elbow'], position: sample(3, 15), velocity: sample(100, 100) };
    expect(written(one, joints)).toEqual([1, 1]);
    expect(() => written(one, Float64Array.of(1))).toThrow('encoder x, stream s: a sample has 1 numbers, expected 2');
    expect(() => written(one, sample(1, Number.POSITIVE_INFINITY))).toThrow('element 1 is Infinity, expected finite');
  });

  it('has the words of a text, cut or padded with 0', async () => {
    const tensor = await tensorOf({ type: 'tokens', vocabulary: ['<pad>', '<unk>', 'lift', 'the'], length: 3 }, []);
    expect([tensor.dtype, tensor.shape]).toEqual(['int64', [1, 3]]);
    expect(written(tensor, 'lift the red block')).toEqual([2, 3, 1]);
    expect(written(tensor, 'The')).toEqual([3, 0, 0]);
    expect(() => written(tensor, Float64Array.of(1))).toThrow('a sample has type object, expected a string');
  });
});

describe('blocks of the first version', () => {
  const JOINTS = { name: 'arm', space: 'joint_position', names: ['a', 'b'], unit: 'rad', frame: '' } as const;
  const GRIP = { name: 'grip', space: 'gripper', names: ['opening'], unit: '1', frame: '' } as const;
  const actionsOf = (blocks: readonly object[], horizon: number): OutputActions => {
    const action = { space: 'blocks', period: 1, inferencePeriod: 1, horizon, blocks } as unknown as BlocksManifest;
    return new OutputActions([actionOutputOf(action)], { rows: horizon, firstRow: 0, horizon });
  };

  it('split the rows of the output and reverse the normalisation, with one row of figures or one for each', () => {
    const blocks = [
      { ...JOINTS, mean: [[0.5, -0.5]], std: [[2, 1]] },
      { ...GRIP, mean: [[0.5], [0.25]], std: [[0.5], [0.5]] },
    ];
    const actions = actionsOf(blocks, 2);
    const { arm, grip } = actions.decode(() => Float32Array.of(0, 1, 1, 0.5, -1, 1));
    expect([...arm.data]).toEqual([0.5, 0.5, 1.5, -1.5]);
    expect([...grip.data]).toEqual([1, 0.75]);
    expect(actions.specs).toEqual([
      { ...JOINTS, unit: ['rad', 'rad'] },
      { ...GRIP, unit: ['1'] },
    ]);
  });

  it('have unit quaternions, and keep numbers that are not finite for the check of the loop', () => {
    const names = ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw'];
    const unit = ['m', 'm', 'm', '1', '1', '1', '1'];
    const [mean, std] = [[names.map(() => 0)], [names.map(() => 1)]];
    const actions = actionsOf([{ name: 'arm', space: 'ee_pose', names, unit, frame: '', mean, std }], 1);
    const timing = { horizon: 1, actionPeriod: 1, inferencePeriod: 1 };
    const spec: PolicySpec = { name: 'p', inputs: [], actions: actions.specs, ...timing };
    const check = (row: readonly number[]) => {
      const blocks = actions.decode(() => Float32Array.from(row));
      checkChunk(spec, { stamp: 0, period: 1, horizon: 1, blocks, gates: {} });
    };
    expect(() => check([0.4, 0, 0.3, 0.6, 0, 0, 0.81])).not.toThrow();
    expect(() => check([0.4, Number.NaN, 0.3, 1, 0, 0, 0])).toThrow('block arm: row 0, y is NaN');
    expect(() => check([0.4, 0, 0.3, Number.NaN, 0, 0, 1])).toThrow(/block arm: row 0, q\w is NaN/);
  });
});

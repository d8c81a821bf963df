import { checkChunk, type JointState, type Observation, PolicyError, type StreamValue } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { nodeBackend, wasmBinary } from '../node/index.ts';
import { type EchoOptions, echoPolicy, type GraphManifestFile, loadGraphFromMemory } from '../testing/index.ts';
import { webBackend } from '../web/backend.ts';
import type { GraphPolicy } from './graph-policy.ts';

const JOINTS = ['shoulder_pan', 'shoulder_lift', 'elbow', 'wrist_flex', 'wrist_roll', 'jaw'];

/** An observation that has samples for each stream of a policy; a stream without samples is absent. */
function observe({ spec }: GraphPolicy, samples: Readonly<Record<string, readonly StreamValue[]>>): Observation {
  const inputs = spec.inputs.map((input) => {
    const given = samples[input.name] ?? [];
    return [input.name, { spec: input, present: given.length > 0, age: 0, stamp: 1, samples: given }] as const;
  });
  return { stamp: 1, inputs: new Map(inputs) };
}

const jointState = (position: readonly number[], names = JOINTS): JointState => ({
  names,
  position: Float64Array.from(position),
  velocity: Float64Array.from(position, (value) => 10 * value),
});

const image = (width: number, height: number, level: (x: number, y: number, channel: number) => number) => ({
  width,
  height,
  data: Uint8Array.from({ length: 3 * width * height }, (_, i) =>
    level(Math.floor(i / 3) % width, Math.floor(i / (3 * width)), i % 3),
  ),
});

/** What the graph gets of an observation. */
async function echo(options: EchoOptions, samples: Parameters<typeof observe>[1]): Promise<number[]> {
  const policy = await loadGraphFromMemory(await echoPolicy(options), nodeBackend());
  const chunk = await policy.infer(observe(policy, samples));
  await policy.close();
  return [...chunk.blocks.echo.data];
}

const state = (change: object = {}): GraphManifestFile['inputs'][number] => ({
  type: 'vector',
  name: 'observation.state',
  parts: [{ stream: 'joints', names: ['elbow', 'shoulder_pan'], unit: 'deg', maximumAge: 0.1 }],
  ...change,
});

const camera = (change: object = {}): GraphManifestFile['inputs'][number] => ({
  type: 'image',
  name: 'observation.images.front',
  stream: 'images.front',
  height: 2,
  width: 2,
  maximumAge: 0.5,
  ...change,
});

describe('GraphPolicy', () => {
  it('gives the graph joints by name, in its unit and order, normalised', async () => {
    const given = await echo(
      {
        graph: { 'observation.state': ['float32', [1, 2]] },
        inputs: [state({ normalisation: { type: 'mean_std', mean: [10, 20], std: [2, 4] } })],
      },
      { joints: [jointState([0.5, 0, -0.25, 0, 0, 1])] },
    );
    const degrees = 180 / Math.PI;
    expect(given[0]).toBeCloseTo((-0.25 * degrees - 10) / 2, 5);
    expect(given[1]).toBeCloseTo((0.5 * degrees - 20) / 4, 5);
  });

  it('reads velocities, an opening of the jaw, and other streams, into one vector', async () => {
    const parts = [
      { stream: 'joints', names: ['elbow'], quantity: 'velocity', unit: 'rad/s', maximumAge: 0.1 },
      {
        ...{ stream: 'joints', names: ['jaw'], unit: 'rad', maximumAge: 0.1 },
        map: { from: [-0.2, 1.8], to: [0, 100] },
      },
      { stream: 'ee_state', names: ['width', 'x'], unit: ['mm', 'm'], maximumAge: 0.1 },
      { stream: 'wrench.contact', size: 2, unit: 'N', maximumAge: 0.1 },
    ];
    const options = { graph: { 'observation.state': ['float32', [1, 6]] as const }, inputs: [state({ parts })] };
    const samples = {
      joints: [jointState([0, 0, 0.3, 0, 0, 0.8])],
      // The loop hands over the elements that the policy names, in its order.
      ee_state: [Float64Array.of(0.04, 0.4)],
      'wrench.contact': [Float64Array.of(7, 8)],
    };
    const given = await echo(options, samples);
    for (const [i, value] of [3, 50, 40, 0.4, 7, 8].entries()) expect(given[i]).toBeCloseTo(value, 5);
    const policy = await loadGraphFromMemory(await echoPolicy(options), nodeBackend());
    expect(policy.spec.inputs).toMatchObject([
      { name: 'joints', modality: 'joints', names: ['elbow', 'jaw'], shape: [2], unit: ['rad', 'rad'] },
      { name: 'ee_state', names: ['width', 'x'], unit: ['m', 'm'] },
      { name: 'wrench.contact', modality: 'wrench', shape: [2] },
    ]);
    await policy.close();
  });

  it.each([
    ['batch, channel, height, width', ['batch', 'channel', 'height', 'width'], [1, 3, 2, 2]],
    ['height, width, channel', ['height', 'width', 'channel'], [2, 2, 3]],
  ] as const)('lays out images as %s', async (_, axes, shape) => {
    const level = (x: number, y: number, channel: number) => 100 * channel + 10 * y + x;
    const given = await echo(
      {
        graph: { 'observation.images.front': ['float32', shape] },
        inputs: [camera({ axes, values: '0..255' })],
      },
      { 'images.front': [image(2, 2, level)] },
    );
    const planar = [0, 1, 2].flatMap((c) => [0, 1, 10, 11].map((place) => 100 * c + place));
    const interleaved = [0, 1, 10, 11].flatMap((place) => [0, 1, 2].map((c) => 100 * c + place));
    expect(given).toEqual(axes[0] === 'batch' ? planar : interleaved);
  });

  it('gives bytes, and blue first, where the graph wants them', async () => {
    const given = await echo(
      {
        graph: { 'observation.images.front': ['uint8', [1, 2, 2, 3]] },
        inputs: [
          camera({ axes: ['batch', 'height', 'width', 'channel'], values: '0..255', dtype: 'uint8', channels: 'bgr' }),
        ],
      },
      { 'images.front': [image(2, 2, (_x, _y, channel) => channel + 1)] },
    );
    expect(given).toEqual([3, 2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1]);
  });

  it('scales and crops images of any camera, with levels 0..1 normalised by channel', async () => {
    const transform = [
      { type: 'resize', height: 2, width: 4, fit: 'stretch', interpolation: 'area' },
      { type: 'crop', height: 2, width: 2 },
    ];
    const normalisation = { type: 'mean_std', mean: [0, 0, 0.5], std: [1, 1, 0.5] };
    const given = await echo(
      {
        graph: { 'observation.images.front': ['float32', [1, 3, 2, 2]] },
        inputs: [camera({ transform, normalisation })],
      },
      // Columns 2..5 of 8 are the middle half; each pixel of the result is the mean of 2 x 2.
      { 'images.front': [image(8, 4, (x, y) => (x >= 2 && x < 4 && y < 2 ? 255 : 0))] },
    );
    expect(given).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1]);
  });

  it('stacks observations on the axis of the steps, and repeats the oldest one', async () => {
    const options: EchoOptions = {
      graph: { 'observation.state': ['float32', [1, 2, 1]], 'observation.images.front': ['float32', [1, 3, 1, 1, 2]] },
      inputs: [
        state({ parts: [{ stream: 'joints', names: ['elbow'], unit: 'rad', maximumAge: 0.1 }] }),
        camera({ height: 1, width: 1, values: '0..255', axes: ['batch', 'channel', 'height', 'width', 'step'] }),
      ],
      manifest: { observation: { steps: 2, spacing: 0.1 } },
    };
    const pixel = (level: number) => image(1, 1, (_x, _y, channel) => level + channel);
    const joints = [jointState([0, 0, 1, 0, 0, 0]), jointState([0, 0, 2, 0, 0, 0])];
    expect(await echo(options, { joints, 'images.front': [pixel(10), pixel(20)] })).toEqual([
      1, 2, 10, 20, 11, 21, 12, 22,
    ]);
    expect(await echo(options, { joints: joints.slice(1), 'images.front': [pixel(20)] })).toEqual([
      2, 2, 20, 20, 21, 21, 22, 22,
    ]);
    const policy = await loadGraphFromMemory(await echoPolicy(options), nodeBackend());
    expect(policy.spec.inputs.map(({ window, spacing }) => [window, spacing])).toEqual([
      [2, 0.1],
      [2, 0.1],
    ]);
    await policy.close();
  });

  it('gives words as tokens with a mask', async () => {
    const text = (change: object = {}): GraphManifestFile['inputs'][number] => ({
      ...{ type: 'text', name: 'tokens', length: 4, mask: { name: 'attention', dtype: 'bool' } },
      tokenizer: { type: 'words', vocabulary: ['<pad>', '<unk>', 'lift', 'red'] },
      ...change,
    });
    const graph = { tokens: ['int64', [1, 4]], attention: ['bool', [1, 4]] } as const;
    const said = { instruction: ['Lift the RED'] };
    expect(await echo({ graph, inputs: [text()] }, said)).toEqual([2, 1, 3, 0, 1, 1, 1, 0]);
    const left = text({ padding: { side: 'left', token: 9 }, template: 'red {text}' });
    expect(await echo({ graph, inputs: [left] }, { instruction: ['lift'] })).toEqual([9, 9, 3, 2, 0, 0, 1, 1]);
    expect(await echo({ graph, inputs: [left] }, { instruction: ['$& lift red lift red'] })).toEqual([
      3, 2, 3, 2, 1, 1, 1, 1,
    ]);
  });

  const backends = [
    ['onnxruntime-node', async () => nodeBackend()],
    ['onnxruntime-web', async () => webBackend({ wasm: await wasmBinary() })],
  ] as const;

  it.each(backends)('takes and gives numbers of 16 bits where the graph has them, on %s', async (_, backend) => {
    const options: EchoOptions = {
      ...{ dtype: 'float16' },
      graph: { 'observation.state': ['float16', [1, 2]], 'observation.images.front': ['float16', [1, 3, 1, 2]] },
      inputs: [
        state({ dtype: 'float16', parts: [{ stream: 'numbers', size: 2, unit: '1', maximumAge: 0.1 }] }),
        camera({ dtype: 'float16', height: 1 }),
      ],
    };
    const policy = await loadGraphFromMemory(await echoPolicy(options), await backend());
    const pixels = image(2, 1, (x, _y, channel) => 51 * (2 * x + channel));
    for (const second of [-0.25, 1000.3]) {
      const samples = { numbers: [Float64Array.of(1 / 3, second)], 'images.front': [pixels] };
      const { blocks } = await policy.infer(observe(policy, samples));
      // Numbers of 16 bits have 11 binary digits.
      const expected = [0.333251953125, second < 0 ? -0.25 : 1000.5, 0, 0.39990234375, 0.199951171875];
      expect([...blocks.echo.data.subarray(0, 5)]).toEqual(expected);
    }
    await policy.close();
  });

  it.each(backends)('gives the text itself where the graph takes strings, on %s', async (_, backend) => {
    const options = (change: object): EchoOptions => ({
      texts: ['say: lift', 'say: $& it', ''],
      graph: { prompt: ['string', [1]] },
      inputs: [{ type: 'raw_text', name: 'prompt', template: 'say: {text}', ...change }],
    });
    const policy = await loadGraphFromMemory(await echoPolicy(options({ absent: 'zeros' })), await backend());
    const heard = async (...said: readonly string[]) => [
      ...(await policy.infer(observe(policy, { instruction: said }))).blocks.echo.data,
    ];
    expect(await heard('lift')).toEqual([1, 0, 0]);
    expect(await heard('$& it')).toEqual([0, 1, 0]);
    expect(await heard('another')).toEqual([0, 0, 0]);
    expect(await heard()).toEqual([0, 0, 1]);
    expect(policy.spec.inputs).toMatchObject([{ name: 'instruction', modality: 'language', dtype: 'string' }]);
    await policy.close();
  });

  it('refuses an input that has no text, and one of another type or shape than the graph', async () => {
    const options = (change: object, shape: readonly number[] = [1]): EchoOptions => ({
      texts: ['lift'],
      graph: { prompt: ['string', shape] },
      inputs: [{ type: 'raw_text', name: 'prompt', ...change }],
    });
    expect(await echo(options({ axes: ['batch', 'element'] }, [1, 1]), { instruction: ['lift'] })).toEqual([1]);
    await expect(echo(options({}), {})).rejects.toThrow('instruction is missing, too old or masked');
    await expect(echo(options({}), { instruction: [Float64Array.of(1)] })).rejects.toThrow(
      'policy echo, input prompt: a sample has type object, expected a string',
    );
    await expect(echo(options({}, [1, 1]), {})).rejects.toThrow('input prompt has shape [1,1], expected [1] (batch)');
    const words: EchoOptions = {
      ...options({}),
      inputs: [
        { type: 'text', name: 'prompt', length: 1, tokenizer: { type: 'words', vocabulary: ['<pad>', '<unk>'] } },
      ],
    };
    await expect(echo(words, {})).rejects.toThrow('input prompt is string, expected int64');
  });

  it.each(['int64', 'int32'] as const)('gives tokens and mask as %s', async (dtype) => {
    const given = await echo(
      {
        graph: { tokens: [dtype, [1, 3]], attention: [dtype, [1, 3]] },
        inputs: [
          {
            ...{ type: 'text', name: 'tokens', length: 3, dtype, mask: { name: 'attention', dtype } },
            tokenizer: { type: 'words', vocabulary: ['<pad>', '<unk>', 'lift'] },
          },
        ],
      },
      { instruction: ['lift it'] },
    );
    expect(given).toEqual([2, 1, 0, 1, 1, 0]);
  });

  it('gives actions by name, without normalisation and in SI, from rows and elements of its outputs', async () => {
    const options: EchoOptions = {
      graph: { a: ['float32', [1, 4]] },
      inputs: [{ type: 'vector', name: 'a', parts: [{ stream: 'numbers', size: 4, unit: '1', maximumAge: 0.1 }] }],
      manifest: {
        action: {
          ...{ period: 0.05, horizon: 1, inferencePeriod: 0.1 },
          outputs: [
            {
              name: 'echo',
              axes: ['batch', 'element'],
              normalisation: { type: 'min_max', min: [-90, -90, 0, 0], max: [90, 90, 100, 1] },
              blocks: [
                { space: 'joint_position', name: 'arm', names: ['b', 'a'], unit: 'deg' },
                {
                  ...{ space: 'gripper', name: 'gripper', names: ['opening'], unit: '1' },
                  ...{ map: { from: [0, 100], to: [0, 1] }, limits: [0, 1] },
                },
                { space: 'unused', size: 1 },
              ],
            },
          ],
        },
      },
    };
    const policy = await loadGraphFromMemory(await echoPolicy(options), nodeBackend());
    const chunk = await policy.infer(observe(policy, { numbers: [Float64Array.of(1, 0.5, 1.2, 7)] }));
    expect(() => checkChunk(policy.spec, chunk)).not.toThrow();
    expect(chunk.blocks.arm.data[0]).toBeCloseTo(Math.PI / 2, 6);
    expect(chunk.blocks.arm.data[1]).toBeCloseTo(Math.PI / 4, 6);
    expect([...chunk.blocks.gripper.data]).toEqual([1]);
    expect(policy.spec.actions).toMatchObject([
      { name: 'arm', space: 'joint_position', names: ['b', 'a'], unit: ['rad', 'rad'] },
      { name: 'gripper', space: 'gripper', names: ['opening'], unit: ['1'] },
    ]);
    await policy.close();
  });

  it('takes a chunk from the middle of the rows, each with statistics of its own', async () => {
    const options: EchoOptions = {
      graph: { a: ['float32', [1, 6]] },
      inputs: [{ type: 'vector', name: 'a', parts: [{ stream: 'numbers', size: 6, unit: '1', maximumAge: 0.1 }] }],
      manifest: {
        action: {
          ...{ period: 0.05, horizon: 2, inferencePeriod: 0.1, firstRow: 1, rows: 6 },
          outputs: [
            {
              name: 'echo',
              axes: ['element', 'step'],
              normalisation: { type: 'mean_std', mean: [[0], [10], [20], [30], [40], [50]], std: [1] },
              blocks: [{ space: 'joint_position', name: 'arm', names: ['a'], unit: 'rad' }],
            },
          ],
        },
      },
    };
    const policy = await loadGraphFromMemory(await echoPolicy(options), nodeBackend());
    const chunk = await policy.infer(observe(policy, { numbers: [Float64Array.of(1, 2, 3, 4, 5, 6)] }));
    expect([...chunk.blocks.arm.data]).toEqual([12, 23]);
    await policy.close();
  });

  it('refuses an absent input, or gives zeros where the manifest says so', async () => {
    const graph = { 'observation.state': ['float32', [1, 2]] } as const;
    await expect(echo({ graph, inputs: [state()] }, {})).rejects.toThrow(
      'policy echo, input observation.state: joints is missing, too old or masked',
    );
    const inputs = [state({ absent: 'zeros', normalisation: { type: 'mean_std', mean: [5], std: [1] } })];
    expect(await echo({ graph, inputs }, {})).toEqual([0, 0]);
  });

  it('names the joint, the image or the number that does not fit', async () => {
    const graph = { 'observation.state': ['float32', [1, 2]] } as const;
    const options: EchoOptions = { graph, inputs: [state()] };
    const cases: readonly [StreamValue, string][] = [
      [jointState([1, 2], ['elbow', 'other']), 'a sample lacks shoulder_pan, it has elbow, other'],
      [jointState([Number.NaN, 0, 0, 0, 0, 0]), 'shoulder_pan is NaN, expected finite'],
      ['text', 'a sample has type string, expected 2 numbers'],
    ];
    for (const [sample, message] of cases) {
      await expect(echo(options, { joints: [sample] })).rejects.toThrow(message);
    }
    const shot: EchoOptions = { graph: { 'observation.images.front': ['float32', [1, 3, 2, 2]] }, inputs: [camera()] };
    await expect(echo(shot, { 'images.front': [image(3, 2, () => 0)] })).rejects.toThrow(
      'an image is 3 x 2, expected 2 x 2',
    );
    const cropped = { ...shot, inputs: [camera({ transform: [{ type: 'crop', height: 2, width: 2 }] })] };
    await expect(echo(cropped, { 'images.front': [image(3, 1, () => 0)] })).rejects.toThrow(PolicyError);
  });

  it('agrees with the WebAssembly runtime to the bit in what the graph gets', async () => {
    const options: EchoOptions = {
      graph: { 'observation.state': ['float32', [1, 2]], 'observation.images.front': ['float32', [1, 3, 5, 7]] },
      inputs: [
        state({ normalisation: { type: 'quantiles', low: [-100], high: [80], clip: true } }),
        camera({
          ...{ height: 5, width: 7, normalisation: { type: 'mean_std', mean: [0.4], std: [0.3] } },
          transform: [{ type: 'resize', height: 5, width: 7, fit: 'cover', interpolation: 'bicubic', rounded: false }],
        }),
      ],
    };
    const samples = {
      joints: [jointState([0.5, 0, -0.25, 0, 0, 1])],
      'images.front': [image(19, 11, (x, y, channel) => (31 * x + 17 * y + 97 * channel) & 255)],
    };
    const files = await echoPolicy(options);
    const data: Float64Array[] = [];
    for (const backend of [nodeBackend(), webBackend({ wasm: await wasmBinary() })]) {
      const policy = await loadGraphFromMemory(files, backend);
      data.push((await policy.infer(observe(policy, samples))).blocks.echo.data);
      await policy.close();
    }
    expect(data[1]).toEqual(data[0]);
    expect(new Set(data[0]).size).toBeGreaterThan(50);
  });
});

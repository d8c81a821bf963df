import type { TrainedRobot } from '@praxis/core';
import type { EncoderManifest } from '../manifest/manifest.ts';
import { sha256 } from '../onnx/files.ts';
import { OnnxGraph } from './graph.ts';
import { PRAXIS_ARM } from './praxis-arm.ts';

/** An encoder whose graph {@link tinyPolicy} makes to fit its processor. */
export type TinyEncoder = Omit<EncoderManifest, 'outputs'>;

/** Options of {@link tinyPolicy}. */
export interface TinyPolicyOptions {
  /** Encoders of the policy. Default {@link tinyEncoders}. */
  readonly encoders?: readonly TinyEncoder[];
  /** Robots that the manifest names. Default: the Praxis arm. */
  readonly robots?: readonly TrainedRobot[];
  /** Actions in a chunk. Default 16. */
  readonly horizon?: number;
  /** Version of the operator set in files and manifest. Default 17. */
  readonly opset?: number;
  /** Seed of the weights. Default 1. */
  readonly seed?: number;
  /** Factor on the weights of the fusion graph; a huge one overflows. Default 1. */
  readonly gain?: number;
}

/** Number of elements in one token. */
const TOKEN_WIDTH = 8;

/** Makes weights in -scale..scale with a linear congruential generator, equal on every machine. */
const weights = (size: number, scale: number, seed: number): Float32Array => {
  let state = seed >>> 0;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * (state / 2 ** 31 - 1);
  });
};

const cameras = ['front', 'wrist'].map(
  (name): TinyEncoder => ({
    name,
    modality: 'vision',
    file: 'vision.onnx',
    input: {
      name: 'image',
      stream: `images.${name}`,
      dtype: 'uint8',
      shape: [96, 96, 3],
      unit: 'rgb8',
      frame: `camera_${name}_optical_frame`,
      rateHz: 20,
      window: 1,
      maximumAge: 0.2,
      processor: { type: 'image', mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] },
    },
  }),
);

/** Encoders of the streams of the simulated robot and the control loop. */
export const tinyEncoders: readonly TinyEncoder[] = [
  ...cameras,
  {
    name: 'wrench',
    modality: 'wrench',
    file: 'wrench.onnx',
    input: {
      name: 'wrench',
      stream: 'wrench.contact',
      dtype: 'float64',
      shape: [6],
      unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'],
      frame: 'ft_sensor_link',
      rateHz: 100,
      window: 32,
      maximumAge: 0.1,
      processor: { type: 'vector', mean: [0, 0, -1, 0, 0, 0], std: [5, 5, 5, 0.5, 0.5, 0.5] },
    },
  },
  {
    name: 'language',
    modality: 'language',
    file: 'language.onnx',
    input: {
      name: 'tokens',
      stream: 'instruction',
      dtype: 'string',
      shape: [],
      unit: '1',
      frame: '',
      rateHz: 0,
      window: 1,
      maximumAge: Number.POSITIVE_INFINITY,
      processor: { type: 'tokens', vocabulary: ['<pad>', '<unk>', 'lift', 'the', 'red', 'blue', 'block'], length: 24 },
    },
  },
  {
    name: 'joints',
    modality: 'joints',
    file: 'joints.onnx',
    input: {
      name: 'state',
      stream: 'ee_state',
      dtype: 'float64',
      shape: [8],
      unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm', 'm/s'],
      frame: 'base_link',
      rateHz: 500,
      window: 1,
      maximumAge: 0.1,
      processor: {
        type: 'vector',
        mean: [0.4, 0, 0.2, 0, 0, 0, 0.04, 0],
        std: [0.2, 0.2, 0.2, 2, 2, 2, 0.03, 0.1],
      },
    },
  },
];

/** Writes the graph of an encoder: the channel means or the flat input, through one linear layer, to one token. */
function encoderGraph({ name, input }: TinyEncoder, opset: number, seed: number): Uint8Array {
  const graph = new OnnxGraph(name);
  const { processor, window } = input;
  const linear = (value: string, size: number): string =>
    graph.node('MatMul', [
      value,
      graph.constant([size, TOKEN_WIDTH], weights(size * TOKEN_WIDTH, 1 / Math.sqrt(size), seed)),
    ]);
  let token: string;
  if (processor.type === 'image') {
    const image = graph.input(input.name, 'float32', [1, 3, ...input.shape.slice(0, 2)]);
    token = linear(graph.node('Flatten', [graph.node('GlobalAveragePool', [image])]), 3);
  } else if (processor.type === 'vector') {
    const size = input.shape[0] * window;
    const shape = window === 1 ? [1, size] : [1, window, input.shape[0]];
    token = linear(graph.node('Flatten', [graph.input(input.name, 'float32', shape)]), size);
  } else {
    const words = processor.vocabulary.length;
    const table = graph.constant([words, TOKEN_WIDTH], weights(words * TOKEN_WIDTH, 1, seed));
    const rows = graph.node('Gather', [table, graph.input(input.name, 'int64', [1, processor.length])]);
    token = linear(graph.node('Flatten', [rows]), processor.length * TOKEN_WIDTH);
  }
  graph.output(
    'features',
    [1, 1, TOKEN_WIDTH],
    graph.node('Unsqueeze', [token, graph.constant([1], BigInt64Array.of(1n))]),
  );
  return graph.bytes(opset);
}

function fusionGraph(names: readonly string[], cameraCount: number, horizon: number, options: TinyPolicyOptions) {
  const { opset, seed = 1, gain = 1 } = options;
  const graph = new OnnxGraph('fusion');
  const present = graph.input('present', 'float32', [1, names.length]);
  const tokens = names.map((name) =>
    graph.node('Flatten', [graph.input(`${name}.features`, 'float32', [1, 1, TOKEN_WIDTH])]),
  );
  const all = graph.node('Concat', [...tokens, present], { axis: 1 });
  const size = names.length * (TOKEN_WIDTH + 1);
  const head = (outputs: number, from: number): string => {
    const scale = gain / Math.sqrt(size);
    return graph.node('MatMul', [all, graph.constant([size, outputs], weights(size * outputs, scale, from))]);
  };
  const shaped = (value: string, shape: readonly number[]): string =>
    graph.node('Reshape', [value, graph.constant([shape.length], BigInt64Array.from(shape, BigInt))]);
  graph.output('actions', [1, horizon, 7], shaped(head(horizon * 7, seed + 1), [1, horizon, 7]));
  const gates = graph.node('Mul', [graph.node('Sigmoid', [head(names.length, seed + 2)]), present]);
  graph.output('gates', [1, names.length], gates);
  const places = graph.node('Sigmoid', [head(cameraCount * 3, seed + 3)]);
  if (cameraCount > 0) graph.output('grounding', [1, cameraCount, 3], shaped(places, [1, cameraCount, 3]));
  return graph.bytes(opset);
}

/**
 * Makes a complete policy with small random weights, as files by name, for tests that need real graphs but no skill. Every
 * encoder gets a graph that fits its processor, so a custom modality needs only one entry in `encoders`.
 */
export async function tinyPolicy(options: TinyPolicyOptions = {}): Promise<Map<string, Uint8Array>> {
  const { encoders = tinyEncoders, robots = [PRAXIS_ARM], horizon = 16, opset = 17, seed = 1 } = options;
  const files = new Map<string, Uint8Array>();
  for (const [i, encoder] of encoders.entries()) {
    if (!files.has(encoder.file)) files.set(encoder.file, encoderGraph(encoder, opset, seed + 10 * i));
  }
  const names = encoders.map((encoder) => encoder.name);
  const cameraCount = encoders.filter(({ input }) => input.processor.type === 'image').length;
  files.set('fusion.onnx', fusionGraph(names, cameraCount, horizon, options));
  const digests = await Promise.all([...files].map(async ([file, bytes]) => [file, await sha256(bytes)]));
  const rows = (row: readonly number[]): number[][] => Array.from({ length: horizon }, () => [...row]);
  const manifest = {
    name: 'tiny',
    version: '1',
    tasks: ['pick'],
    robots,
    opset,
    sha256: Object.fromEntries(digests),
    encoders: encoders.map((each) => ({ ...each, outputs: [{ name: 'features', shape: [1, 1, TOKEN_WIDTH] }] })),
    fusion: {
      file: 'fusion.onnx',
      inputs: [
        ...names.map((name) => ({ name: `${name}.features`, shape: [1, 1, TOKEN_WIDTH] })),
        { name: 'present', shape: [1, names.length] },
      ],
      outputs: [
        { name: 'actions', shape: [1, horizon, 7] },
        { name: 'gates', shape: [1, names.length] },
        ...(cameraCount > 0 ? [{ name: 'grounding', shape: [1, cameraCount, 3] }] : []),
      ],
    },
    action: {
      space: 'ee_delta',
      names: ['dx', 'dy', 'dz', 'drx', 'dry', 'drz', 'width'],
      unit: ['m', 'm', 'm', 'rad', 'rad', 'rad', 'm'],
      period: 0.05,
      horizon,
      inferencePeriod: 0.1,
      mean: rows([0.01, 0, 0, 0, 0, 0, 0.04]),
      std: rows([0.05, 0.05, 0.05, 0.1, 0.1, 0.1, 0.02]),
    },
    training: { command: 'tinyPolicy()', seed, samples: 0 },
    evaluation: [],
  };
  // JSON writes an infinite maximum age as null, as a manifest requires.
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest, undefined, 2)));
  return files;
}

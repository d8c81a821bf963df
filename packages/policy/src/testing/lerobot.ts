import { OnnxGraph } from './graph.ts';
import { safetensorsFile, type TestTensor } from './safetensors.ts';

/** Statistics of a feature by LeRobot's names: `mean`, `std`, `min`, `max`, `q01`, `q99`. */
export type LerobotStatistics = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** Options of {@link lerobotFolder}. */
export interface LerobotFolderOptions {
  /** Numbers of the state and of an action. Default 6. */
  readonly size?: number;
  /** Actions in a chunk. Default 8. */
  readonly rows?: number;
  /** Names of the cameras. Default `front`, `wrist`. */
  readonly cameras?: readonly string[];
  /** Height and width of the images (pixels). Default 96 x 96. */
  readonly image?: readonly [height: number, width: number];
  readonly statistics: LerobotStatistics;
  /** Normalisation by kind of feature. Default: MEAN_STD for all. */
  readonly modes?: Readonly<Record<'VISUAL' | 'STATE' | 'ACTION', string>>;
  /** Steps of the preprocessor before the normalisation, beside those that LeRobot always has. Default: none. */
  readonly steps?: readonly object[];
  /** Fields of config.json in place of the usual ones. */
  readonly config?: object;
  /** Tokens of the task that the graph takes beside their mask. Default: none. */
  readonly tokens?: number;
  /** Without the graph when false. Default true. */
  readonly graph?: boolean;
}

/** Factor of the graph on the normalised state. */
export const LEROBOT_STATE_GAIN = 0.5;
/** Factor of the graph on the sum of the tokens that the mask marks. */
export const LEROBOT_TOKEN_GAIN = 0.001;
/** Factor of the graph on the mean of red of the first normalised image. */
export const LEROBOT_IMAGE_GAIN = 0.25;

/** Element type of ONNX. */
const FLOAT = 1;

const tensorsOf = (statistics: LerobotStatistics): Record<string, TestTensor> =>
  Object.fromEntries(
    Object.entries(statistics).flatMap(([feature, all]) =>
      Object.entries(all).map(([key, values]): [string, TestTensor] => {
        const shape = feature.includes('image') ? [values.length, 1, 1] : [values.length];
        return [`${feature}.${key}`, { shape, data: Float32Array.from(values) }];
      }),
    ),
  );

/**
 * The graph of the policy, for normalised numbers: element i of row k is
 * `state[i] * LEROBOT_STATE_GAIN + LEROBOT_IMAGE_GAIN * (sum over cameras c of (c + 1) * mean of red) + k`, and with tokens
 * `LEROBOT_TOKEN_GAIN` times the sum of those that the mask marks.
 */
function graphOf(
  size: number,
  rows: number,
  cameras: readonly string[],
  image: readonly number[],
  tokens: number | undefined,
): Uint8Array {
  const graph = new OnnxGraph('act');
  const elements = rows * size;
  const state = graph.input('observation.state', 'float32', [1, size]);
  const weights = Float32Array.from({ length: size * elements }, (_, i) =>
    Math.floor(i / elements) === (i % elements) % size ? LEROBOT_STATE_GAIN : 0,
  );
  const steps = Float32Array.from({ length: elements }, (_, i) => Math.floor(i / size));
  let sum = graph.node('Add', [
    graph.node('MatMul', [state, graph.constant([size, elements], weights)]),
    graph.constant([1, elements], steps),
  ]);
  for (const [c, camera] of cameras.entries()) {
    const input = graph.input(`observation.images.${camera}`, 'float32', [1, 3, ...image]);
    const red = Float32Array.from({ length: 3 * elements }, (_, i) =>
      i < elements ? LEROBOT_IMAGE_GAIN * (c + 1) : 0,
    );
    const mean = graph.node('Flatten', [graph.node('GlobalAveragePool', [input])]);
    sum = graph.node('Add', [sum, graph.node('MatMul', [mean, graph.constant([3, elements], red)])]);
  }
  if (tokens !== undefined) {
    const [ids, mask] = [
      graph.input('observation.language.tokens', 'int64', [1, tokens]),
      graph.input('observation.language.attention_mask', 'bool', [1, tokens]),
    ].map((each) => graph.node('Cast', [each], { to: FLOAT }));
    const gains = graph.constant([tokens, elements], new Float32Array(tokens * elements).fill(LEROBOT_TOKEN_GAIN));
    sum = graph.node('Add', [sum, graph.node('MatMul', [graph.node('Mul', [ids, mask]), gains])]);
  }
  const shape = graph.constant([3], BigInt64Array.of(1n, BigInt(rows), BigInt(size)));
  graph.output('action', [1, rows, size], graph.node('Reshape', [sum, shape]));
  return graph.bytes();
}

/** Makes a policy folder of LeRobot 0.6.1 with the graph that `training/lerobot/export.py` writes beside it, as files by name. */
export function lerobotFolder(options: LerobotFolderOptions): Map<string, Uint8Array> {
  const { size = 6, rows = 8, cameras = ['front', 'wrist'], image = [96, 96], statistics } = options;
  const { modes = { VISUAL: 'MEAN_STD', STATE: 'MEAN_STD', ACTION: 'MEAN_STD' }, steps = [], config = {} } = options;
  const inputs = {
    'observation.state': { type: 'STATE', shape: [size] },
    ...Object.fromEntries(
      cameras.map((camera) => [`observation.images.${camera}`, { type: 'VISUAL', shape: [3, ...image] }]),
    ),
  };
  const outputs = { action: { type: 'ACTION', shape: [size] } };
  const file = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, undefined, 2));
  const state = safetensorsFile(tensorsOf(statistics));
  const normaliser = (name: string, features: object, stateFile: string): object => ({
    registry_name: name,
    config: { eps: 1e-8, features, norm_map: modes },
    state_file: stateFile,
  });
  const [before, after] = [3, 0].map(
    (step, i) =>
      `policy_${i === 0 ? 'pre' : 'post'}processor_step_${step}_${i === 0 ? '' : 'un'}normalizer_processor.safetensors`,
  );
  const device = { registry_name: 'device_processor', config: { device: 'cpu', float_dtype: null } };
  const files = new Map<string, Uint8Array>([
    [
      'config.json',
      file({
        ...{ type: 'act', n_obs_steps: 1, input_features: inputs, output_features: outputs, device: 'cpu' },
        ...{ chunk_size: rows, n_action_steps: rows, temporal_ensemble_coeff: null, normalization_mapping: modes },
        ...config,
      }),
    ],
    ['model.safetensors', safetensorsFile({})],
    [
      'policy_preprocessor.json',
      file({
        name: 'policy_preprocessor',
        steps: [
          { registry_name: 'rename_observations_processor', config: { rename_map: {} } },
          { registry_name: 'to_batch_processor', config: {} },
          ...steps,
          device,
          normaliser('normalizer_processor', { ...inputs, ...outputs }, before),
        ],
      }),
    ],
    [
      'policy_postprocessor.json',
      file({
        name: 'policy_postprocessor',
        steps: [normaliser('unnormalizer_processor', outputs, after), device],
      }),
    ],
    [before, state],
    [after, state],
  ]);
  if (options.graph !== false) files.set('policy.onnx', graphOf(size, rows, cameras, image, options.tokens));
  return files;
}

import { PolicyError } from '@praxis/core';
import * as z from 'zod';
import { checkManifest } from './rules.ts';

/** Name of a file beside the manifest. Folders are not allowed, so that a manifest never reads outside its own folder. */
const file = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/, 'expected a plain file name without folders');
const name = z.string().min(1);
const size = z.int().positive();
const shape = z.array(size);
const tensor = z.object({ name, shape });
const positive = z.number().positive();

const imageProcessor = z.object({
  type: z.literal('image'),
  /** Statistics of each channel, of values in 0..1. */
  mean: z.array(z.number()).length(3),
  std: z.array(positive).length(3),
});
const vectorProcessor = z.object({
  type: z.literal('vector'),
  /** Statistics of each element, in the stream's unit. */
  mean: z.array(z.number()),
  std: z.array(positive),
});
const tokensProcessor = z.object({
  type: z.literal('tokens'),
  vocabulary: z.array(z.string().min(1)).min(2),
  /** Number of ids for each instruction. */
  length: size,
});

const input = z.object({
  /** Name of the ONNX graph's input. */
  name,
  /** Stream of the robot or of the control loop. */
  stream: name,
  /** dtype and shape of one sample of the stream. Those of the graph's input follow from the processor. */
  dtype: z.enum(['uint8', 'int64', 'float32', 'float64', 'string']),
  shape,
  unit: z.union([z.string(), z.array(z.string())], { error: 'expected a unit, or a list of one for each element' }),
  frame: z.string(),
  /** Nominal rate (Hz); 0 for events. */
  rateHz: z.number().nonnegative(),
  names: z.array(z.string()).optional(),
  /** Number of samples in one inference. */
  window: size,
  /** Age from which samples are masked (s). Null stands for infinity, which JSON does not have. */
  maximumAge: positive.nullable().transform((age) => age ?? Number.POSITIVE_INFINITY),
  processor: z.discriminatedUnion('type', [imageProcessor, vectorProcessor, tokensProcessor], {
    error: (issue) => (issue.code === 'invalid_union' ? "expected type 'image', 'vector' or 'tokens'" : undefined),
  }),
});

const encoder = z.object({
  /** Name of the encoder instance. Two instances may share one file. */
  name: z.string().regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, - or _'),
  modality: name,
  file,
  input,
  outputs: z.array(tensor).min(1),
});

const schema = z.object({
  name,
  version: z.string().min(1),
  tasks: z.array(name),
  /** Instructions of this policy, in the notation of the command language. They extend the language. */
  instructions: z.array(name).optional(),
  /** Version of ONNX's operator set in every file, as information. The runtime reads the version from the files. */
  opset: size,
  /** Hexadecimal SHA-256 of each file. */
  sha256: z.record(file, z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits in lower case')),
  encoders: z.array(encoder).min(1),
  fusion: z.object({ file, inputs: z.array(tensor).min(1), outputs: z.array(tensor).min(2) }),
  action: z.object({
    space: z.literal('ee_delta'),
    names: z.array(name),
    unit: z.array(z.string()),
    /** Time between two actions of a chunk (s). */
    period: positive,
    horizon: size,
    /** Time between two inferences (s). */
    inferencePeriod: positive,
    /** Statistics of the actions, horizon x 7 (m, m, m, rad, rad, rad, m). */
    mean: z.array(z.array(z.number())),
    std: z.array(z.array(positive)),
  }),
  /** Provenance of the weights. Additional fields are kept. */
  training: z.looseObject({ command: name, seed: z.int(), samples: z.int().nonnegative() }),
  /** Results of evaluations with exactly these files. */
  evaluation: z.array(z.looseObject({})),
});

/** Content of a valid `manifest.json`: the inputs of a policy, its graphs, and the meaning of its actions. */
export type Manifest = z.infer<typeof schema>;
/** One encoder instance: its stream, processor, graph and output tokens. */
export type EncoderManifest = Manifest['encoders'][number];
/** Processor of an encoder, `image`, `vector` or `tokens`, with its parameters. */
export type ProcessorManifest = EncoderManifest['input']['processor'];
/** Name and shape of an encoder's output, or of an input or output of the fusion graph. All are float32. */
export type TensorManifest = z.infer<typeof tensor>;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((each, key) => (each as Record<PropertyKey, unknown> | undefined)?.[key], value);

const formatValue = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

const formatPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || 'file';

/**
 * Checks a parsed `manifest.json` against the schema and its fields against each other.
 * @param where name of the file in errors, for example its path
 * @throws {PolicyError} in one line with the field, its value and the expected value.
 */
export function parseManifest(json: unknown, where: string): Manifest {
  const result = schema.safeParse(json);
  if (!result.success) {
    const issue = result.error.issues[0];
    const expected = issue.message.replace(/^.*?: (?=expected )/, '').replace(/, received .*$/, '');
    throw new PolicyError(
      `${where}: ${formatPath(issue.path)} is ${formatValue(valueAt(json, issue.path))}, ${expected}`,
    );
  }
  const wrong = checkManifest(result.data);
  if (wrong)
    throw new PolicyError(`${where}: ${wrong.field} is ${formatValue(wrong.value)}, expected ${wrong.expected}`);
  return result.data;
}

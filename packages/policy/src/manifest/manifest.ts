import { PolicyError } from '@praxis/core';
import { z } from 'zod';
import { checkManifest } from './rules.ts';

/** A file beside the manifest: a plain name, so that a manifest never reads outside its own folder. */
const file = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/, 'expected a plain file name without folders');
const name = z.string().min(1);
const size = z.int().positive();
const shape = z.array(size);
const tensor = z.object({ name, shape });
const positive = z.number().positive();

const imageProcessor = z.object({
  type: z.literal('image'),
  /** Per channel, of values in 0..1. */
  mean: z.array(z.number()).length(3),
  std: z.array(positive).length(3),
});
const vectorProcessor = z.object({
  type: z.literal('vector'),
  /** Per element, in the stream's unit. */
  mean: z.array(z.number()),
  std: z.array(positive),
});
const tokensProcessor = z.object({
  type: z.literal('tokens'),
  vocabulary: z.array(z.string().min(1)).min(2),
  /** Ids per instruction. */
  length: size,
});

const input = z.object({
  /** Input of the ONNX graph. */
  name,
  /** Stream of the robot or of the control loop. */
  stream: name,
  /** dtype and shape of one sample of the stream; the graph's own follow from the processor. */
  dtype: z.enum(['uint8', 'int64', 'float32', 'float64', 'string']),
  shape,
  unit: z.union([z.string(), z.array(z.string())], { error: 'expected a unit, or a list of one for each element' }),
  frame: z.string(),
  /** Nominal rate (Hz); 0 for events. */
  rateHz: z.number().nonnegative(),
  names: z.array(z.string()).optional(),
  /** Samples at once. */
  window: size,
  /** Older samples are masked (s). Null: never too old (JSON has no infinity). */
  maximumAge: positive.nullable().transform((age) => age ?? Number.POSITIVE_INFINITY),
  processor: z.discriminatedUnion('type', [imageProcessor, vectorProcessor, tokensProcessor], {
    error: (issue) => (issue.code === 'invalid_union' ? "expected type 'image', 'vector' or 'tokens'" : undefined),
  }),
});

const encoder = z.object({
  /** Name of the instance: two cameras may share one file. */
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
  /** Wordings of its own, in the notation of the command language: people may say these besides what it knows. */
  instructions: z.array(name).optional(),
  /** Version of ONNX's own operator set, the same in every file: for readers; the runtime goes by the files. */
  opset: size,
  /** Hexadecimal digest of each file. */
  sha256: z.record(file, z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits in lower case')),
  encoders: z.array(encoder).min(1),
  fusion: z.object({ file, inputs: z.array(tensor).min(1), outputs: z.array(tensor).min(2) }),
  action: z.object({
    space: z.literal('ee_delta'),
    names: z.array(name),
    unit: z.array(z.string()),
    /** Seconds between two actions of a chunk. */
    period: positive,
    horizon: size,
    /** Seconds between two inferences. */
    inferencePeriod: positive,
    /** horizon x 7: what turns a normalised action into metres and radians. */
    mean: z.array(z.array(z.number())),
    std: z.array(z.array(positive)),
  }),
  /** Where the weights come from. More fields are kept as they are. */
  training: z.looseObject({ command: name, seed: z.int(), samples: z.int().nonnegative() }),
  /** Results that were measured with these very files. */
  evaluation: z.array(z.looseObject({})),
});

/** Content of a checked `manifest.json`: what a policy reads, its graphs, and what its actions mean. */
export type Manifest = z.infer<typeof schema>;
/** One encoder instance: the stream it reads, its processor, its graph and the tokens that come out. */
export type EncoderManifest = Manifest['encoders'][number];
/** How samples become the input of a graph: `image`, `vector` or `tokens`, with its numbers. */
export type ProcessorManifest = EncoderManifest['input']['processor'];
/** Name and shape of one output of a graph, or input of fusion; all are float32. */
export type TensorManifest = z.infer<typeof tensor>;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((each, key) => (each as Record<PropertyKey, unknown> | undefined)?.[key], value);

const formatValue = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

const formatPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || 'file';

/**
 * Checks a parsed manifest.json.
 * @param where how errors call the file, for example its path
 * @throws {PolicyError} one line with the field, its value and what was expected.
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

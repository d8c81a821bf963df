import { ACTION_SPACES, type ActionSpace } from '@praxis/core';
import * as z from 'zod';
import { checked, file, name, positive, robot, sha256, shape, size } from './fields.ts';
import { checkManifest } from './rules.ts';

const tensor = z.object({
  name: name.describe('name in the ONNX graph'),
  shape: shape.describe('fixed shape'),
});

const imageProcessor = z.object({
  type: z.literal('image').describe('converts an image to float32 of shape [1, 3, height, width]'),
  mean: z.array(z.number()).length(3).describe('mean of each channel, of values in 0..1'),
  std: z.array(positive).length(3).describe('standard deviation of each channel, of values in 0..1'),
});
const vectorProcessor = z.object({
  type: z
    .literal('vector')
    .describe(
      'normalises vectors, or the positions of joint states, to float32 of shape [1, window, length], or [1, length] for a window of one',
    ),
  mean: z.array(z.number()).describe('mean of each element, in the unit of the stream'),
  std: z.array(positive).describe('standard deviation of each element, in the unit of the stream'),
});
const tokensProcessor = z.object({
  type: z.literal('tokens').describe('converts a text to int64 word ids of shape [1, length]'),
  vocabulary: z.array(z.string().min(1)).min(2).describe('words by id; the first two are `<pad>` and `<unk>`'),
  length: size.describe('number of ids for each instruction; longer texts are cut, shorter ones are padded'),
});

const input = z.object({
  name: name.describe("name of the ONNX graph's input"),
  stream: name.describe('stream of the robot or of the control loop'),
  dtype: z
    .enum(['uint8', 'int64', 'float32', 'float64', 'string'])
    .describe("type of one sample's elements; the type of the graph's input follows from the processor"),
  shape: shape.describe("shape of one sample; the shape of the graph's input follows from the processor"),
  unit: z
    .union([z.string(), z.array(z.string())], { error: 'expected a unit, or a list of one for each element' })
    .describe('unit of all elements, or one for each element'),
  frame: z.string().describe('coordinate frame of the sample'),
  rateHz: z.number().nonnegative().describe('nominal rate (Hz); 0 for events'),
  names: z.array(z.string()).optional().describe('name of each element, for example of joints'),
  window: size.describe('number of samples in one inference'),
  maximumAge: positive
    .nullable()
    .describe('age from which the input counts as absent (s); null stands for infinity, which JSON does not have')
    .transform((age) => age ?? Number.POSITIVE_INFINITY),
  processor: z
    .discriminatedUnion('type', [imageProcessor, vectorProcessor, tokensProcessor], {
      error: (issue) => (issue.code === 'invalid_union' ? "expected type 'image', 'vector' or 'tokens'" : undefined),
    })
    .describe('conversion of samples to the tensor of the graph'),
});

const encoder = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, - or _')
    .describe('name of the encoder instance; two instances may share one file'),
  modality: name.describe('modality that the encoder reads; `--mask` names it'),
  file: file.describe('ONNX file beside the manifest'),
  input: input.describe('the stream, in the terms of a `SignalSpec`, and its conversion'),
  outputs: z.array(tensor).min(1).describe('outputs of the graph, float32'),
});

const timing = {
  period: positive.describe('time between two actions of a chunk (s)'),
  horizon: size.describe('number of actions in a chunk'),
  inferencePeriod: positive.describe('time between two inferences (s)'),
};

const displacements = z.object({
  space: z
    .literal('ee_delta')
    .describe('displacement of the tool from its pose in the input `ee_state`, and the absolute width of the gripper'),
  names: z.array(name).describe('`dx`, `dy`, `dz`, `drx`, `dry`, `drz`, `width`'),
  unit: z.array(z.string()).describe('`m`, `m`, `m`, `rad`, `rad`, `rad`, `m`'),
  ...timing,
  mean: z.array(z.array(z.number())).describe('mean of the actions, horizon x 7 (m, m, m, rad, rad, rad, m)'),
  std: z.array(z.array(positive)).describe('standard deviation of the actions, horizon x 7, in the same units'),
});

const block = z.object({
  name: name.describe('name of the action'),
  space: z.enum(Object.keys(ACTION_SPACES) as [ActionSpace, ...ActionSpace[]]).describe('what its numbers mean'),
  names: z.array(name).min(1).describe('elements: those of the space, or the joints of the arm in any order'),
  unit: z
    .union([z.string(), z.array(z.string())], { error: 'expected a unit, or a list of one for each element' })
    .describe('SI unit of all elements, or one for each; a gripper has `m`, or `1` for an opening from 0 to 1'),
  frame: z.string().default('').describe('frame whose axes the numbers have; none for the base frame of the arm'),
  group: name.optional().describe('command of the robot that it drives; none for the main arm'),
  reference: z
    .enum(['absolute', 'observation', 'previous'])
    .optional()
    .describe('what it counts from: nothing, the measured state at the observation, or the action before it'),
  interpolation: z.enum(['linear', 'angle', 'snap']).optional().describe('what happens between two actions'),
  mean: z
    .array(z.array(z.number()))
    .min(1)
    .describe('mean of the elements: one row for all, or one for each action of a chunk'),
  std: z.array(z.array(positive)).min(1).describe('standard deviation of the elements, in the same form and units'),
});

const blocks = z.object({
  space: z.literal('blocks').describe('actions in any space: the elements of all blocks, one block after another'),
  ...timing,
  blocks: z.array(block).min(1).describe('the actions in the order of the output `actions`'),
});

/** The format of `manifest.json`. The descriptions are those of the page `docs/manifest.md`. */
export const manifestSchema = z.object({
  name: name.describe('name of the policy in reports'),
  version: z.string().min(1).describe('version of the weights'),
  tasks: z.array(name).describe('tasks that the policy was trained for'),
  robots: z
    .array(robot)
    .optional()
    .describe(
      'robots that the policy was trained for; it drives another one only if the user accepts that robot by name',
    ),
  instructions: z
    .array(name)
    .optional()
    .describe('wordings that this policy understands, in the notation of the command language, which they extend'),
  opset: size.describe('version of the ONNX operator set, as information: the runtime reads it from the files'),
  sha256,
  encoders: z.array(encoder).min(1).describe('the encoders, one for each input'),
  fusion: z
    .object({
      file: file.describe('ONNX file beside the manifest'),
      inputs: z
        .array(tensor)
        .min(1)
        .describe('`present` and any of the outputs of encoders, named `<encoder>.<output>`; float32'),
      outputs: z.array(tensor).min(2).describe('`actions`, `gates` and, if there, `grounding`; float32'),
    })
    .describe('the graph that makes actions from the tokens of all encoders'),
  action: z
    .discriminatedUnion('space', [displacements, blocks], {
      error: (issue) => (issue.code === 'invalid_union' ? 'expected "ee_delta" or "blocks"' : undefined),
    })
    .describe('what the output `actions` means; the runtime reverses the normalisation'),
  detection: z
    .object({
      file: file.describe('ONNX file beside the manifest'),
      cameras: z.array(name).min(1).describe('encoders of the cameras in whose pictures it finds things'),
      inputs: z
        .array(tensor)
        .min(1)
        .describe(
          '`image`, the normalised picture, and any of the outputs of the encoder of a camera, by name; float32',
        ),
      output: tensor.describe(
        'float32 `[1, channels, cells]` for a square grid of cells, row by row from the top left: confidence 0..1, x and y of the middle of the thing as fractions of the picture, then the probabilities of the words of each group',
      ),
      words: z
        .array(z.array(name).min(1))
        .min(1)
        .describe('groups of words of which a thing has one each, such as colours and shapes'),
      threshold: z.number().min(0).max(1).describe('least confidence of a find'),
      training: z.looseObject({}).optional().describe('provenance of the weights'),
    })
    .optional()
    .describe('finds all things that the policy can name, for the context of planners'),
  training: z
    .looseObject({
      command: name.describe('command that made the weights'),
      seed: z.int().describe('seed of the training'),
      samples: z.int().nonnegative().describe('number of training samples'),
    })
    .describe('provenance of the weights; additional fields are kept'),
  evaluation: z.array(z.looseObject({})).describe('results of evaluations with exactly these files, in any form'),
});

/** Content of a valid `manifest.json`: the inputs of a policy, its graphs, and the meaning of its actions. */
export type Manifest = z.infer<typeof manifestSchema>;
/** One encoder instance: its stream, processor, graph and output tokens. */
export type EncoderManifest = Manifest['encoders'][number];
/** The graph that finds all things in a picture. */
export type DetectionManifest = NonNullable<Manifest['detection']>;
/** Processor of an encoder, `image`, `vector` or `tokens`, with its parameters. */
export type ProcessorManifest = EncoderManifest['input']['processor'];
/** The action of a policy in displacements of the tool. */
export type DisplacementManifest = z.infer<typeof displacements>;
/** The actions of a policy in any spaces. */
export type BlocksManifest = z.infer<typeof blocks>;
/** Name and shape of an encoder's output, or of an input or output of the fusion graph. All are float32. */
export type TensorManifest = z.infer<typeof tensor>;

/**
 * Checks a parsed `manifest.json` of encoders and fusion, the first version of the format, against the schema and its fields against
 * each other.
 * @param where name of the file in errors, for example its path
 * @throws {PolicyError} in one line with the field, its value and the expected value.
 */
export const parseEncoderManifest = (json: unknown, where: string): Manifest =>
  checked(manifestSchema, checkManifest, json, where);

import * as z from 'zod';
import type { Axis } from '../numbers/axes.ts';
import { units } from './action-fields.ts';
import { file, name, positive, size } from './fields.ts';

const numbers = z.array(z.number()).min(1);
const rows = z.union([numbers, z.array(numbers).min(1)], {
  error: 'expected a list of numbers, or a list of such lists, one for each row',
});
const above = z.array(positive).min(1);
const aboveRows = z.union([above, z.array(above).min(1)], {
  error: 'expected a list of numbers above 0, or a list of such lists, one for each row',
});

const types = "expected type 'none', 'mean_std', 'min_max' or 'quantiles'";
const clip = z.boolean().optional().describe('true if normalised numbers are limited to -1..1. Default: false');
const none = z.strictObject({ type: z.literal('none').describe('numbers as they are') });

const normalisationOf = <T extends z.ZodType, P extends z.ZodType>(list: T, positives: P) =>
  z.discriminatedUnion(
    'type',
    [
      none,
      z.strictObject({
        type: z.literal('mean_std').describe('(x - mean) / std'),
        mean: list.describe('mean of each element, or one number for all'),
        std: positives.describe('standard deviation of each element, or one for all'),
      }),
      z.strictObject({
        type: z.literal('min_max').describe('2 (x - min) / (max - min) - 1'),
        min: list.describe('least value of each element, which becomes -1'),
        max: list.describe('greatest value of each element, which becomes 1'),
        clip,
      }),
      z.strictObject({
        type: z.literal('quantiles').describe('2 (x - low) / (high - low) - 1'),
        low: list.describe('low quantile of each element, which becomes -1'),
        high: list.describe('high quantile of each element, which becomes 1'),
        clip,
      }),
    ],
    { error: (issue) => (issue.code === 'invalid_union' ? types : undefined) },
  );

/** Normalisation of an input: one number for each element, or one for all. */
export const inputNormalisation = normalisationOf(numbers, above);
/** Normalisation of an output: as of an input, or one row of numbers for each action of a chunk. */
export const outputNormalisation = normalisationOf(rows, aboveRows);

const pair = z.array(z.number()).length(2);
/** The straight line through two points. */
export const linearMap = z
  .strictObject({
    from: pair.describe('two numbers'),
    to: pair.describe('what they become'),
  })
  .optional();

const axesOf = <T extends Axis>(...axes: readonly [T, ...T[]]) =>
  z
    .array(z.enum(axes))
    .min(1)
    .optional()
    .describe(`dimensions of the tensor, outermost first, out of ${axes.map((each) => `\`${each}\``).join(', ')}`);

const stacking = {
  steps: size.optional().describe('observations that are stacked. Default: those of `observation.steps`'),
  spacing: z
    .union([positive, z.literal('samples')], { error: 'expected a number above 0, or "samples"' })
    .optional()
    .describe(
      'time between two of them (s), or `samples` for the last samples as they came. Default: `observation.spacing`',
    ),
};
const absent = z
  .enum(['refuse', 'zeros'])
  .default('refuse')
  .describe(
    'what happens while the stream is missing, too old or masked: the policy gives no actions, or the tensor is all zeros',
  );
const maximumAge = positive
  .nullable()
  .describe('age from which the newest sample counts as missing (s); null for none')
  .transform((age) => age ?? Number.POSITIVE_INFINITY);
const tensorName = name.describe("name of the graph's input");
const floatTypes = ['float32', 'float16'] as const;
const rateHz = z.number().nonnegative().default(0).describe('lowest rate of the stream (Hz). Default: any');
const frame = z.string().optional().describe('coordinate frame that the stream must have. Default: any');

const place = { height: size.describe('height (pixels)'), width: size.describe('width (pixels)') };
const crop = z.strictObject({
  type: z.literal('crop').describe('cuts a part out of the image'),
  ...place,
  top: z.int().nonnegative().optional().describe('first row of the part. Default: the part is in the middle'),
  left: z.int().nonnegative().optional().describe('first column of the part. Default: the part is in the middle'),
});
const resize = z.strictObject({
  type: z.literal('resize').describe('scales the image'),
  ...place,
  fit: z
    .enum(['stretch', 'cover', 'contain'])
    .default('stretch')
    .describe(
      '`stretch` changes the proportions; `cover` keeps them and cuts off what is too much on two sides; `contain` keeps them and fills two sides with black. Default: `stretch`',
    ),
  interpolation: z
    .enum(['nearest', 'bilinear', 'bicubic', 'area'])
    .describe(
      'filter: `bilinear` is the triangle, `bicubic` the cubic with a = -0.5 (with antialias, as in Pillow) or -0.75 (without, as in OpenCV and PyTorch), `area` the mean of the covered pixels',
    ),
  antialias: z
    .boolean()
    .default(true)
    .describe(
      'true if the filter widens where the image shrinks, as in Pillow; false for the nearest pixels alone, as in OpenCV. Default: true',
    ),
  rounded: z
    .boolean()
    .default(true)
    .describe(
      'true for whole grey levels, as of 8-bit images; false for levels with fractions, as PyTorch computes them from floats. Default: true',
    ),
});

/** An image input. */
export const imageInput = z.strictObject({
  type: z.literal('image').describe('an image, of three channels'),
  name: tensorName,
  stream: name.describe('stream of the camera, such as `images.front`'),
  modality: name.default('vision').describe('modality of the stream; `--mask` names it. Default: `vision`'),
  maximumAge,
  rateHz,
  frame,
  ...{ height: size.describe('height of the tensor (pixels)'), width: size.describe('width of the tensor (pixels)') },
  transform: z
    .array(z.discriminatedUnion('type', [crop, resize]))
    .default([])
    .describe(
      'steps from the image of the camera to that of the network, in order. Default: none, and the camera must have this very size',
    ),
  channels: z.enum(['rgb', 'bgr']).default('rgb').describe('order of the channels. Default: `rgb`'),
  values: z
    .enum(['0..1', '0..255'])
    .default('0..1')
    .describe('range of the values before the normalisation. Default: `0..1`'),
  dtype: z
    .enum([...floatTypes, 'uint8'])
    .default('float32')
    .describe("type of the graph's input; `uint8` goes with `0..255` and no normalisation. Default: `float32`"),
  normalisation: inputNormalisation
    .default({ type: 'none' })
    .describe('normalisation of each channel, in the order of the channels. Default: `none`'),
  ...stacking,
  axes: axesOf('batch', 'step', 'channel', 'height', 'width'),
});

const part = z.strictObject({
  stream: name.describe('stream of the robot or of the control loop, such as `joints` or `ee_state`'),
  modality: name
    .optional()
    .describe(
      'modality of the stream; `--mask` names it. Default: `wrench` for `wrench` and `wrench.*`, else `joints`',
    ),
  names: z
    .array(name)
    .min(1)
    .optional()
    .describe(
      "elements of the stream by name, in the network's order: joints, or `x`, `width` and so on of `ee_state`",
    ),
  size: size.optional().describe('number of elements of a stream without names, all of which are read'),
  quantity: z
    .enum(['position', 'velocity', 'effort'])
    .default('position')
    .describe('what of a stream of joints. Default: `position`'),
  unit: units.describe(
    'unit in which the network has the numbers, of all or of each; `deg`, `deg/s`, `mm`, `cm`, `mm/s`, `cm/s` and `%` are converted from SI',
  ),
  map: linearMap.describe(
    'straight line from numbers in `unit` to those of the network, before the normalisation: the angle of a jaw to 0..100, say',
  ),
  maximumAge,
  rateHz,
  frame,
});

/** An input of numbers. */
export const vectorInput = z.strictObject({
  type: z.literal('vector').describe('numbers of one stream or of several, one after another'),
  name: tensorName,
  parts: z.array(part).min(1).describe("the numbers in the network's order"),
  normalisation: inputNormalisation.default({ type: 'none' }).describe('normalisation of each number. Default: `none`'),
  dtype: z.enum(floatTypes).default('float32').describe("type of the graph's input. Default: `float32`"),
  ...stacking,
  axes: axesOf('batch', 'step', 'element'),
});

const words = z.strictObject({
  type: z.literal('words').describe('one token for each word of a list'),
  vocabulary: z.array(z.string().min(1)).min(2).describe('words by token; the first two are `<pad>` and `<unk>`'),
  corrects: z
    .boolean()
    .default(false)
    .describe('true if a misspelled word counts as the word of the list that one mistake makes of it. Default: false'),
});
const tokenizerFile = z.strictObject({
  type: z.literal('file').describe('BPE, WordPiece or Unigram (SentencePiece) tokens of a `tokenizer.json`'),
  file: file.describe('file beside the manifest'),
  specialTokens: z
    .boolean()
    .default(true)
    .describe('true if the tokens that the file adds at the start and the end are added. Default: true'),
});

const spoken = {
  stream: name.default('instruction').describe('stream of the text. Default: `instruction`'),
  modality: name.default('language').describe('modality of the stream; `--mask` names it. Default: `language`'),
  template: z
    .string()
    .includes('{text}', { error: 'expected a text with {text}' })
    .default('{text}')
    .describe('what is made of the text first, for example `{text}\\n`. Default: `{text}`'),
};

/** A text input. */
export const textInput = z.strictObject({
  type: z.literal('text').describe('the tokens of a text'),
  name: tensorName,
  ...spoken,
  tokenizer: z
    .discriminatedUnion('type', [words, tokenizerFile], {
      error: (issue) => (issue.code === 'invalid_union' ? "expected type 'words' or 'file'" : undefined),
    })
    .describe('how the text becomes tokens'),
  length: size.describe('number of tokens; longer texts are cut, shorter ones are padded'),
  padding: z
    .strictObject({
      side: z.enum(['left', 'right']).default('right').describe('side of the padding. Default: `right`'),
      token: z.int().nonnegative().default(0).describe('token of the padding. Default: 0'),
    })
    .default({ side: 'right', token: 0 })
    .describe('what fills short texts'),
  dtype: z.enum(['int64', 'int32']).default('int64').describe("type of the graph's input. Default: `int64`"),
  mask: z
    .strictObject({
      name: name.describe("name of the graph's input"),
      dtype: z.enum(['int64', 'int32', 'float32', 'bool']).default('int64').describe('its type. Default: `int64`'),
    })
    .optional()
    .describe('input of the graph that is 1 for each token of the text and 0 for padding. Default: none'),
  axes: axesOf('batch', 'element'),
});

/** A text input of a graph that cuts the text into tokens itself. */
export const rawTextInput = z.strictObject({
  type: z.literal('raw_text').describe('a text as it is, for a graph that makes the tokens itself'),
  name: tensorName,
  ...spoken,
  axes: z
    .array(z.enum(['batch', 'element']))
    .default(['batch'])
    .describe('dimensions of the tensor of strings, all of size 1; none for a single string. Default: `batch`'),
});

const inputTypes = "expected type 'image', 'vector', 'text' or 'raw_text'";
const union = <const T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(types: T) =>
  z.discriminatedUnion('type', types, {
    error: (issue) => (issue.code === 'invalid_union' ? inputTypes : undefined),
  });
/** One input of an encoder. */
export const encoderInput = union([imageInput, vectorInput, textInput, rawTextInput]);
/** One input of a policy of one graph. */
export const graphInput = union([
  imageInput.extend({ absent }),
  vectorInput.extend({ absent }),
  textInput.extend({ absent }),
  rawTextInput.extend({ absent }),
]);
/** What becomes of an input whose stream is absent, as the page of the format has it. */
export const absentField = z.strictObject({ absent });

/** One input of a graph: an image, numbers, or a text. */
export type InputManifest = z.infer<typeof encoderInput>;
/** One input of a policy of one graph. */
export type GraphInputManifest = z.infer<typeof graphInput>;
/** An image of a graph. */
export type ImageInputManifest = z.infer<typeof imageInput>;
/** Numbers of a graph. */
export type VectorInputManifest = z.infer<typeof vectorInput>;
/** Numbers of one stream in a {@link VectorInputManifest}. */
export type VectorPartManifest = z.infer<typeof part>;
/** A text of a graph, as tokens. */
export type TextInputManifest = z.infer<typeof textInput>;
/** A text of a graph, as it is. */
export type RawTextInputManifest = z.infer<typeof rawTextInput>;

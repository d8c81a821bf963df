import * as z from 'zod';
import { checked, file, name, shape, size } from './fields.ts';
import { checkFusionManifest } from './fusion-rules.ts';
import { encoderInput } from './graph-inputs.ts';
import { secondVersionFields } from './graph-manifest.ts';

const token = z.strictObject({
  name: name.describe("name of the graph's output"),
  shape: shape.describe('fixed shape'),
  dtype: z.enum(['float32', 'float16']).default('float32').describe('its type. Default: `float32`'),
});

/** An encoder of the second version. */
export const encoderSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, - or _')
    .describe('name of the encoder instance; two instances may share one file'),
  file: file.describe('ONNX file beside the manifest'),
  inputs: z.array(encoderInput).min(1).describe("the graph's inputs, of one modality"),
  outputs: z.array(token).min(1).describe('the tokens: outputs of the graph'),
  absent: z
    .enum(['mask', 'refuse'])
    .default('mask')
    .describe(
      'what happens while one of its streams is missing, too old or masked: the tokens are zeros and its element of `present` is 0, or the policy gives no actions. Default: `mask`',
    ),
});

/** The fusion of the second version. */
export const fusionSchema = z.strictObject({
  file: file.describe('ONNX file beside the manifest'),
  inputs: z
    .array(
      z.strictObject({
        name: name.describe("name of the graph's input"),
        from: name
          .optional()
          .describe(
            '`present`, or the output of an encoder as `ENCODER.OUTPUT`, whose shape and type it has; with `fusion.committed` also `committed` and `committed.mask`. Default: the name',
          ),
      }),
    )
    .min(1)
    .describe('what the graph gets'),
  committed: z
    .strictObject({ rows: size.describe('rows that the graph gets') })
    .optional()
    .describe(
      'actions that the robot goes on to execute while the policy computes, from which the chunk continues. `committed` is float32 of shape `[1, rows, elements]`: their first rows in the elements and the normalisation of the only output, zeros where they do not count; `committed.mask` is float32 of shape `[1, rows]`: 1 for each row that counts, else 0. Default: the graph gets none',
    ),
  gates: name
    .optional()
    .describe('output with the weight of each encoder, float32 of shape `[1, encoders]`, for display. Default: none'),
  grounding: name
    .optional()
    .describe(
      'output that says for each encoder with an image where the named object is, float32 of shape `[1, such encoders, 3]`: x and y from 0 to 1, from the top left, and the confidence. Default: none',
    ),
  refusesBelow: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe(
      'confidence of `grounding`, above 0 and up to 1: while every camera with a picture is below it, the policy refuses a new instruction, and nothing moves. Once it has given actions for an instruction it no longer refuses that one. Default: it refuses none',
    ),
  refusesNextBelow: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe(
      'the same for an instruction that replaces one for which it gave actions: the arm moves then, and its hand hides things. Default: `refusesBelow`',
    ),
});

/** The second version of the format of `manifest.json`, for a policy of encoders and a fusion. */
export const fusionManifestSchema = z.strictObject({
  ...secondVersionFields,
  encoders: z.array(encoderSchema).min(1).describe('the encoders'),
  fusion: fusionSchema.describe('the graph that makes actions of the tokens'),
});

/** Content of a valid `manifest.json` of the second version: encoders, a fusion, and the meaning of its outputs. */
export type FusionManifest = z.infer<typeof fusionManifestSchema>;

/**
 * Checks a parsed `manifest.json` of encoders and fusion, the second version of the format, against the schema and its fields against
 * each other.
 * @param where name of the file in errors, for example its path
 * @throws {PolicyError} in one line with the field, its value and the expected value.
 */
export const parseFusionManifest = (json: unknown, where: string): FusionManifest =>
  checked(fusionManifestSchema, checkFusionManifest, json, where);

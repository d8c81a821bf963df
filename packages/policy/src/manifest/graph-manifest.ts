import { ACTION_SPACES } from '@praxis/core';
import * as z from 'zod';
import { blockFields, timingFields, units } from './action-fields.ts';
import { checked, file, name, policyFields, positive, sha256, size } from './fields.ts';
import { graphInput, linearMap, outputNormalisation } from './graph-inputs.ts';
import { checkGraphManifest } from './graph-rules.ts';

const block = z.strictObject({
  ...blockFields,
  names: blockFields.names.describe("elements in the network's order: those of the space, or the joints of the arm"),
  unit: units.describe(
    'unit of all elements, or one for each; `deg`, `deg/s`, `mm`, `cm`, `mm/s`, `cm/s` and `%` are converted to SI. A gripper has `m`, or `1` for an opening from 0 to 1',
  ),
  map: linearMap.describe(
    'straight line from the numbers of the network, without their normalisation, to those in `unit`: 0..100 to an opening of 0..1, say',
  ),
  limits: z
    .array(z.number())
    .length(2)
    .optional()
    .describe(
      'least and greatest number in `unit`, to which others are limited: an opening of 0..1, say. Default: none',
    ),
});
const unused = z.strictObject({
  space: z.literal('unused').describe('numbers that drive nothing'),
  size: size.describe('how many'),
});

/** An output with actions. */
export const outputSchema = z.strictObject({
  name: name.describe("name of the graph's output"),
  dtype: z.enum(['float32', 'float16']).default('float32').describe('its type. Default: `float32`'),
  blocks: z
    .array(
      z.discriminatedUnion('space', [block, unused], {
        error: (issue) =>
          issue.code === 'invalid_union' ? `expected ${Object.keys(ACTION_SPACES).join(', ')} or unused` : undefined,
      }),
    )
    .min(1)
    .describe('the actions in the order of the elements of the output'),
  normalisation: outputNormalisation
    .default({ type: 'none' })
    .describe('normalisation of all elements in the order of the blocks, those of `unused` included; it is reversed'),
  axes: z
    .array(z.enum(['batch', 'step', 'element']))
    .min(1)
    .default(['batch', 'step', 'element'])
    .describe('dimensions of the output, outermost first. Default: `batch`, `step`, `element`'),
});

/** What both forms of the second version have. The descriptions are those of the page `docs/policy-manifest.md`. */
export const secondVersionFields = {
  manifestVersion: z.literal(2).describe('version of this format'),
  ...policyFields,
  tasks: z.array(name).default([]).describe('tasks that the policy was trained for. Default: none'),
  sha256,
  observation: z
    .strictObject({
      steps: size.default(1).describe('observations that images and vectors stack, oldest first. Default: 1'),
      spacing: positive.optional().describe('time between two of them (s); needed for more than one'),
    })
    .default({ steps: 1 })
    .describe('several observations at once'),
  action: z
    .strictObject({
      ...timingFields,
      rows: size.optional().describe('rows of the outputs. Default: `firstRow` and `horizon` together'),
      firstRow: z
        .int()
        .nonnegative()
        .default(0)
        .describe(
          'row of the outputs that is the first action of the chunk, one period after the observation. Default: 0',
        ),
      outputs: z.array(outputSchema).min(1).describe('the outputs that have actions, of the graph or of the fusion'),
    })
    .describe('what the outputs mean'),
  training: z.looseObject({}).optional().describe('provenance of the weights, in any form'),
  evaluation: z
    .array(z.looseObject({}))
    .optional()
    .describe('results of evaluations with exactly these files, in any form'),
};

/** The second version of the format of `manifest.json`, for a policy of one graph. */
export const graphManifestSchema = z.strictObject({
  ...secondVersionFields,
  graph: file.describe('ONNX file beside the manifest'),
  inputs: z.array(graphInput).min(1).describe("the graph's inputs"),
});

/** Content of a valid `manifest.json` of the second version: one graph, its inputs, and the meaning of its outputs. */
export type GraphManifest = z.infer<typeof graphManifestSchema>;
/** What the outputs of a policy mean. */
export type OutputsManifest = GraphManifest['action'];
/** A graph's output with actions. */
export type GraphOutputManifest = OutputsManifest['outputs'][number];
/** Elements of an output: an action, or numbers that drive nothing. */
export type GraphBlockManifest = GraphOutputManifest['blocks'][number];

/**
 * Checks a parsed `manifest.json` of one graph, the second version of the format, against the schema and its fields against each other.
 * @param where name of the file in errors, for example its path
 * @throws {PolicyError} in one line with the field, its value and the expected value.
 */
export const parseGraphManifest = (json: unknown, where: string): GraphManifest =>
  checked(graphManifestSchema, checkGraphManifest, json, where);

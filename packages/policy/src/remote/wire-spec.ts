import { type ActionSpec, DEFAULT_ACTIONS, isOpening, PolicyError, type PolicySpec } from '@praxis/core';
import * as z from 'zod';
import { blockFields, timingFields, units } from '../manifest/action-fields.ts';
import { name, positive, robot } from '../manifest/fields.ts';
import { issueText } from '../manifest/issue.ts';
import type { WireRecord } from './message.ts';
import { ACTION_LAYOUTS, actionSpecsOf, rowElements } from './wire-actions.ts';

const size = z
  .int()
  .positive()
  .max(2 ** 20);
const input = z.strictObject({
  stream: name.describe('stream of the robot or of the control loop'),
  key: z
    .union([name, z.array(name).min(1), z.null()])
    .optional()
    .describe(
      'key of the observation; a list for a map inside a map; null for a stream that is not sent. Default: `prompt` for `instruction`, the name of the stream otherwise',
    ),
  modality: name.describe('modality of the stream; `--mask` names it'),
  dtype: z.enum(['uint8', 'int64', 'float32', 'float64', 'string']).describe("type of the stream's elements"),
  shape: z.array(size).describe('shape of one sample of the stream; `[]` for a text'),
  unit: units.describe('unit of all elements, or one for each element'),
  frame: z.string().default('').describe('coordinate frame of the stream'),
  rateHz: z.number().nonnegative().describe('rate of the stream (Hz); 0 for events'),
  names: z.array(z.string()).optional().describe('elements of the stream that are sent, in this order'),
  window: size.default(1).describe('number of samples in one observation, oldest first'),
  spacing: positive.optional().describe('time between two samples of the window (s). Default: the last samples'),
  open: z
    .array(z.enum(['size', 'frame']))
    .optional()
    .describe('what the stream may have otherwise: `size` of an image, `frame`. Default: nothing'),
  maximumAge: z
    .number()
    .nullable()
    .default(null)
    .transform((age) => age ?? Number.POSITIVE_INFINITY)
    .describe('age from which a sample is not sent (s); null for any age'),
  resize: z
    .array(size)
    .length(2)
    .optional()
    .describe('height and width of the image that is sent: scaled with its proportions kept, with black borders'),
  layout: z.enum(['hwc', 'chw']).default('hwc').describe('order of the dimensions of the image that is sent'),
});

const actions = z.strictObject({
  key: name.default('actions').describe('key of the answer'),
  space: z
    .enum(['ee_pose', 'ee_delta', 'blocks'])
    .describe('meaning of a row: pose of the tool and width of the gripper, or blocks in any space'),
  blocks: z
    .array(z.strictObject(blockFields))
    .min(1)
    .optional()
    .describe('with `blocks`: the actions, one after another in a row'),
  names: z
    .array(z.string().nullable())
    .optional()
    .describe(
      "element of the space in each column, of a block `BLOCK.ELEMENT`; null for a column that is not used. Default: the space's own order",
    ),
  scale: z.array(z.number()).optional().describe('factor of each column. Default: 1'),
  offset: z.array(z.number()).optional().describe('added to each scaled column. Default: 0'),
  ...timingFields,
  horizon: size.describe('number of rows in an answer'),
});

/** What goes over the wire: of a file for `--policy-spec`, and, under `praxis`, of the metadata of `praxis serve`. */
export const wireSpecSchema = z.strictObject({
  name: name.optional().describe('name of the policy in reports. Default: the address'),
  inputs: z.array(input).describe('the observation, stream by stream'),
  actions: actions.describe('the answer'),
  committedRows: size
    .optional()
    .describe(
      'most rows of the chunk in force that an observation has, for a policy that continues from them; only a server of Praxis gets them. Default: none',
    ),
  robots: z
    .array(robot)
    .optional()
    .describe('robots that the policy was trained for, as in a manifest. Default: not compared'),
  connectTimeoutS: positive.default(10).describe('longest time from connecting to the metadata (s)'),
  answerTimeoutS: positive.default(10).describe('longest time from an observation to its answer (s)'),
});

/** Content of a valid file for `--policy-spec`. */
export type WireSpec = z.infer<typeof wireSpecSchema>;
/** One stream of an observation on the wire. */
export type WireInput = WireSpec['inputs'][number];
/** The actions of an answer on the wire. */
export type WireActions = WireSpec['actions'];

/**
 * Checks a spec of the wire.
 * @param where file or address in errors
 * @throws {PolicyError} in one line with the field, its value and what was expected
 */
export function parseWireSpec(value: unknown, where: string): WireSpec {
  const result = wireSpecSchema.safeParse(value);
  if (!result.success) throw new PolicyError(`${where}: ${issueText(result.error, value)}`);
  const wrong = inconsistency(result.data);
  if (wrong !== undefined) throw new PolicyError(`${where}: ${wrong}`);
  return result.data;
}

/** The first field that contradicts another; undefined for none. */
function inconsistency({ inputs, actions }: WireSpec): string | undefined {
  for (const [i, { stream, shape, dtype, resize, layout, names }] of inputs.entries()) {
    const field = `inputs[${i}]`;
    if (inputs.findIndex((each) => each.stream === stream) < i)
      return `${field}.stream is ${stream} again, expected each stream once`;
    const image = shape.length === 3 && dtype === 'uint8';
    if ((resize !== undefined || layout === 'chw') && !image)
      return `${field}: resize and layout need an image, uint8 of shape [height, width, 3]`;
    if (names && names.length !== (shape.at(-1) ?? 1))
      return `${field}.names has ${names.length} entries, expected ${shape.at(-1) ?? 1}`;
  }
  if ((actions.space === 'blocks') !== (actions.blocks !== undefined))
    return `actions.blocks is ${actions.blocks ? 'given' : 'missing'}, expected it with space blocks alone`;
  const twice = actions.blocks?.find(({ name }, i, all) => all.findIndex((each) => each.name === name) < i);
  if (twice) return `actions.blocks has ${twice.name} twice, expected each name once`;
  const wanted = rowElements(actions);
  const columns = actions.names ?? wanted;
  const missing = wanted.filter((each) => columns.filter((name) => name === each).length !== 1);
  if (missing.length > 0) return `actions.names lacks ${missing.join(', ')} of ${actions.space}, or has it twice`;
  const unknown = columns.find((each) => each !== null && !wanted.includes(each));
  if (unknown !== undefined) return `actions.names has ${unknown}, expected ${wanted.join(', ')} or null`;
  for (const key of ['scale', 'offset'] as const) {
    const list = actions[key];
    if (list && list.length !== columns.length)
      return `actions.${key} has ${list.length} numbers, expected ${columns.length}`;
  }
  if (actions.space === 'ee_delta' && !inputs.some(({ stream }) => stream === 'ee_state')) {
    return 'inputs lack ee_state, from which ee_delta counts; its key may be null';
  }
  return undefined;
}

/** Path of an input's value in the observation; undefined for one that is not sent. */
export function keysOf({ key, stream }: WireInput): readonly string[] | undefined {
  if (key === null) return undefined;
  if (key === undefined) return [stream === 'instruction' ? 'prompt' : stream];
  return typeof key === 'string' ? [key] : key;
}

/** The spec of the policy behind a wire, to which the loop binds the robot's streams. */
export function policySpecOf({ name, inputs, actions, committedRows, robots }: WireSpec, address: string): PolicySpec {
  const { horizon, period, inferencePeriod } = actions;
  return {
    name: name ?? address,
    inputs: inputs.map(({ stream, key: _, resize: __, layout: ___, names, spacing, open, ...input }) => ({
      ...{ name: stream, ...input },
      ...(names && { names }),
      ...(spacing !== undefined && { spacing }),
      ...(open && { open }),
    })),
    actions: actionSpecsOf(actions),
    horizon,
    actionPeriod: period,
    inferencePeriod,
    ...(committedRows !== undefined && { committedRows }),
    ...(robots && { robots }),
  };
}

/** A number, or null for infinity, which JSON lacks. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** True for pose of the main arm's tool and width of its gripper (m), under these names. */
const isPoseAndWidth = (actions: readonly ActionSpec[]): boolean =>
  actions.length === DEFAULT_ACTIONS.length &&
  DEFAULT_ACTIONS.every(({ name, space }, i) => actions[i].name === name && actions[i].space === space) &&
  !isOpening(actions[1]);

/** The actions as the wire carries them: poses and widths, which a program of openpi's may know, or blocks. */
const wireActionsOf = (actions: readonly ActionSpec[]): WireRecord =>
  isPoseAndWidth(actions)
    ? { space: 'ee_pose', names: ACTION_LAYOUTS.ee_pose }
    : { space: 'blocks', blocks: actions.map(({ alternative: _, ...action }) => ({ ...action })) };

/** The spec of the wire by which a policy of ours is served, as {@link parseWireSpec} reads it. */
export function wireSpecOf(spec: PolicySpec): WireRecord {
  const { name, inputs, actions = DEFAULT_ACTIONS, horizon, actionPeriod, inferencePeriod, robots } = spec;
  const { committedRows } = spec;
  return {
    name,
    inputs: inputs.map(({ name: stream, maximumAge, ...input }) => ({
      ...{ stream, ...input },
      maximumAge: finite(maximumAge),
    })),
    actions: { ...wireActionsOf(actions), horizon, period: actionPeriod, inferencePeriod },
    committedRows,
    robots: robots?.map(({ lower, upper, maxVelocity, ...robot }) => ({
      ...robot,
      ...{ lower: lower.map(finite), upper: upper.map(finite), maxVelocity: maxVelocity.map(finite) },
    })),
  };
}

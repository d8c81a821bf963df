import { InputError } from '@praxis/core';
import * as z from 'zod';
import { issueText } from '../manifest/issue.ts';
import { elementCount } from '../numbers/axes.ts';
import type { Normalisation } from '../numbers/normalisation.ts';
import { type LerobotFeature, lerobotFeature } from './lerobot-config.ts';
import { numbersOf, parseSafetensors, type Safetensors } from './safetensors.ts';

/** A pipeline of LeRobot as a file: its steps in their order. */
const pipelineSchema = z.looseObject({
  steps: z.array(
    z.looseObject({
      registry_name: z.string().optional(),
      class: z.string().optional(),
      config: z.record(z.string(), z.unknown()).default({}),
      state_file: z.string().optional(),
    }),
  ),
});

const MODES = ['MEAN_STD', 'MIN_MAX', 'QUANTILES', 'QUANTILE10', 'IDENTITY'] as const;
type Mode = (typeof MODES)[number];
const normaliserSchema = z.looseObject({
  eps: z.number().nonnegative().default(1e-8),
  features: z.record(z.string(), lerobotFeature),
  norm_map: z.record(z.string(), z.enum(MODES)),
  normalize_observation_keys: z.array(z.string()).nullish(),
});

/** What the processors of a policy do, as far as a manifest can say it. */
export interface LerobotProcessors {
  /** Names in the dataset by the names that the network has for them, where the two differ. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Normalisation of each input by its name; images have one number for each channel. */
  readonly inputs: ReadonlyMap<string, Normalisation>;
  readonly action: Normalisation;
  /** What is made of the task before it becomes tokens; undefined for a policy without words. */
  readonly text: LerobotText | undefined;
}

/** How LeRobot makes tokens of a task, as far as its processors say it. */
export interface LerobotText {
  /** Name of the tokenizer on Hugging Face's hub, for messages; undefined where it was given as an object. */
  readonly tokenizer: string | undefined;
  readonly length: number;
  readonly side: 'left' | 'right';
  readonly template: string;
}

/** Reads a file of the policy folder. */
export type ReadFile = (name: string) => Uint8Array;

/** One step of a pipeline. */
interface Step {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly stateFile: string | undefined;
}

/** As LeRobot's TokenizerProcessorStep has it. */
const tokenizerSchema = z.looseObject({
  tokenizer_name: z.string().optional(),
  max_length: z.int().positive().default(512),
  task_key: z.literal('task').default('task'),
  padding_side: z.enum(['left', 'right']).default('right'),
  padding: z.literal('max_length').default('max_length'),
  truncation: z.literal(true).default(true),
});
/** Steps that end the task with a new line. */
const NEW_LINE: readonly string[] = ['smolvla_new_line_processor', 'pi0_new_line_processor'];

/** Steps that change neither numbers nor names: one observation is a batch of one, on the processor of this computer. */
const NEUTRAL: readonly string[] = ['to_batch_processor', 'device_processor'];
const ACTION = 'action';

/**
 * Reads both pipelines of a LeRobot policy.
 * @param read reads the files with the statistics, which the pipelines name
 * @param where folder of the policy in errors
 * @throws {InputError} that names the step that a manifest cannot say, the file that is broken, or the statistics that are missing
 */
export function lerobotProcessors(
  files: {
    readonly before: readonly [file: string, json: unknown];
    readonly after: readonly [file: string, json: unknown];
  },
  read: ReadFile,
  where: string,
): LerobotProcessors {
  const renamed = new Map<string, string>();
  const inputs = new Map<string, Normalisation>();
  const statistics = (step: Step): Safetensors | undefined =>
    step.stateFile === undefined ? undefined : parseSafetensors(read(step.stateFile), `${where}/${step.stateFile}`);
  let template = '{text}';
  let text: LerobotText | undefined;
  const [before, beforeJson] = files.before;
  for (const step of stepsOf(beforeJson, `${where}/${before}`)) {
    const place = `${where}/${before}: step ${step.name}`;
    if (step.name === 'rename_observations_processor') {
      const map = z.record(z.string(), z.string()).safeParse(step.config.rename_map ?? {});
      if (!map.success) throw new InputError(`${place}: rename_map is no map of names`);
      for (const [from, to] of Object.entries(map.data)) renamed.set(to, from);
    } else if (step.name === 'normalizer_processor') {
      for (const [name, each] of normalisations(step, statistics(step), 'forward', place)) inputs.set(name, each);
    } else if (NEW_LINE.includes(step.name)) {
      template = '{text}\n';
    } else if (step.name === 'tokenizer_processor') {
      text = { ...tokenizerStep(step, place), template };
    } else if (!NEUTRAL.includes(step.name)) {
      const known = ['rename_observations_processor', 'normalizer_processor', 'tokenizer_processor', ...NEW_LINE];
      throw new InputError(`${place}: not known, expected ${known.join(', ')}, ${NEUTRAL.join(' or ')}`);
    }
  }
  let action: Normalisation = { type: 'none' };
  const [after, afterJson] = files.after;
  for (const step of stepsOf(afterJson, `${where}/${after}`)) {
    const place = `${where}/${after}: step ${step.name}`;
    if (step.name === 'unnormalizer_processor') {
      action = normalisations(step, statistics(step), 'inverse', place).get(ACTION) ?? action;
    } else if (!NEUTRAL.includes(step.name)) {
      throw new InputError(`${place}: not known, expected unnormalizer_processor, ${NEUTRAL.join(' or ')}`);
    }
  }
  inputs.delete(ACTION);
  return { renamed, inputs, action, text };
}

function tokenizerStep({ config }: Step, where: string): Omit<LerobotText, 'template'> {
  const parsed = tokenizerSchema.safeParse(config);
  if (!parsed.success) throw new InputError(`${where}: ${issueText(parsed.error, config)}`);
  const { tokenizer_name: tokenizer, max_length: length, padding_side: side } = parsed.data;
  return { tokenizer, length, side };
}

function stepsOf(json: unknown, where: string): readonly Step[] {
  const parsed = pipelineSchema.safeParse(json);
  if (!parsed.success) throw new InputError(`${where}: ${issueText(parsed.error, json)}`);
  return parsed.data.steps.map(({ registry_name, class: className, config, state_file }) => ({
    name: registry_name ?? className ?? 'without a name',
    config,
    stateFile: state_file,
  }));
}

/** The normalisation of each feature of a step. LeRobot leaves a feature without statistics as it is. */
function normalisations(
  step: Step,
  statistics: Safetensors | undefined,
  direction: 'forward' | 'inverse',
  where: string,
): ReadonlyMap<string, Normalisation> {
  const parsed = normaliserSchema.safeParse(step.config);
  if (!parsed.success) throw new InputError(`${where}: ${issueText(parsed.error, step.config)}`);
  const { eps, features, norm_map, normalize_observation_keys: only } = parsed.data;
  const result = new Map<string, Normalisation>();
  for (const [name, feature] of Object.entries(features)) {
    const has = [...(statistics?.tensors.keys() ?? [])].some((key) => key.startsWith(`${name}.`));
    const mode = norm_map[feature.type] ?? 'IDENTITY';
    const chosen = only ? name === ACTION || only.includes(name) : true;
    if (mode === 'IDENTITY' || !has || !chosen || !statistics) {
      result.set(name, { type: 'none' });
      continue;
    }
    const of = (key: string): number[] => statisticOf(statistics, name, key, feature, where);
    result.set(name, normalisationOf(mode, of, direction === 'forward' ? eps : 0, eps));
  }
  return result;
}

/** Numbers of one statistic, one for each element or channel, with the precision of float32. */
function statisticOf(
  { tensors }: Safetensors,
  name: string,
  key: string,
  { shape, type }: LerobotFeature,
  where: string,
): number[] {
  const tensor = tensors.get(`${name}.${key}`);
  const size = type === 'VISUAL' ? shape[0] : elementCount(shape);
  if (!tensor) throw new InputError(`${where}: its statistics have no ${name}.${key}`);
  if (tensor.size !== size) {
    throw new InputError(
      `${where}: ${name}.${key} has ${tensor.size} numbers, expected ${size} for ${name} [${shape}]`,
    );
  }
  const numbers = Array.from(numbersOf(tensor), (value) => Number(value.toPrecision(FLOAT32_DIGITS)));
  const wrong = numbers.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new InputError(`${where}: ${name}.${key} has ${wrong}, expected finite numbers`);
  return numbers;
}

/** Decimal digits that tell every float32 from its neighbours. */
const FLOAT32_DIGITS = 9;

/**
 * @param added what LeRobot adds to a standard deviation, so that it does not divide by zero; it adds nothing on the way back
 * @param least spread of an element whose extremes are equal
 */
function normalisationOf(mode: Mode, of: (key: string) => number[], added: number, least: number): Normalisation {
  const above = (low: readonly number[], high: readonly number[]): number[] =>
    high.map((value, i) => (value === low[i] ? value + least : value));
  switch (mode) {
    case 'MEAN_STD':
      return { type: 'mean_std', mean: of('mean'), std: of('std').map((value) => value + added) };
    case 'MIN_MAX': {
      const min = of('min');
      return { type: 'min_max', min, max: above(min, of('max')) };
    }
    case 'QUANTILES':
    case 'QUANTILE10': {
      const [lowKey, highKey] = mode === 'QUANTILES' ? ['q01', 'q99'] : ['q10', 'q90'];
      const low = of(lowKey);
      return { type: 'quantiles', low, high: above(low, of(highKey)) };
    }
    case 'IDENTITY':
      return { type: 'none' };
  }
}

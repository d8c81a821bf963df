import { InputError, jsonText } from '@praxis/core';
import * as z from 'zod';
import { issueText } from '../manifest/issue.ts';

/** Kinds of features, by LeRobot's names. */
const FEATURE_TYPES = ['STATE', 'VISUAL', 'ENV', 'ACTION', 'REWARD', 'LANGUAGE'] as const;
const size = z.int().positive();
export const lerobotFeature = z.object({ type: z.enum(FEATURE_TYPES), shape: z.array(size) });
const features = z.record(z.string(), lerobotFeature);

/** One input or output of a policy as LeRobot describes it: an image has the shape channels, height, width. */
export type LerobotFeature = z.infer<typeof lerobotFeature>;

const schema = z.looseObject({
  type: z.string().min(1),
  input_features: features,
  output_features: features,
  n_obs_steps: size.default(1),
  n_action_steps: size.optional(),
  temporal_ensemble_coeff: z.number().nullish(),
});

/** What `config.json` of a LeRobot policy says. */
export interface LerobotConfig {
  /** Architecture, such as `act`. */
  readonly type: string;
  readonly inputs: ReadonlyMap<string, LerobotFeature>;
  /** Numbers in one action. */
  readonly actionSize: number;
  /** Observations in one inference. */
  readonly observationSteps: number;
  /** Actions that LeRobot executes before it infers again; undefined for an architecture that does not say. */
  readonly actionSteps: number | undefined;
  /** True when LeRobot infers at every step and averages the chunks. */
  readonly ensembles: boolean;
}

/** LeRobot's name of the output. */
const ACTION = 'action';

/** Reads a parsed `config.json`. @param where name of the file in errors @throws {InputError} that names the first wrong field */
export function lerobotConfig(json: unknown, where: string): LerobotConfig {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new InputError(`${where}: ${issueText(parsed.error, json)}`);
  const { type, input_features, output_features, n_obs_steps, n_action_steps, temporal_ensemble_coeff } = parsed.data;
  const action = output_features[ACTION];
  if (action?.shape.length !== 1) {
    throw new InputError(
      `${where}: output_features are ${jsonText(output_features)}, expected an action with one dimension`,
    );
  }
  return {
    type,
    inputs: new Map(Object.entries(input_features)),
    actionSize: action.shape[0],
    observationSteps: n_obs_steps,
    actionSteps: n_action_steps,
    ensembles: typeof temporal_ensemble_coeff === 'number',
  };
}

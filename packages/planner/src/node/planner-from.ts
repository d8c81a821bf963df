import { InputError, jsonText } from '@praxis/core';
import type { ModelPlanner } from '../models/exchange.ts';
import { OpenAiPlanner } from '../models/openai/openai-planner.ts';
import type { OpenAiOptions } from '../models/openai/options.ts';
import type { PromptDetail } from '../models/prompt.ts';
import type { Planner } from '../planners/planner.ts';
import { logExchanges } from './exchange-log.ts';
import { LocalPlanner, type LocalPlannerOptions } from './local/local-planner.ts';
import { recordAnswers } from './recorded/record-answers.ts';
import { RecordedPlanner } from './recorded/recorded-planner.ts';

/** Planners that a configuration has by name, such as the planner of rules. */
export interface RegisteredPlanners {
  readonly names: readonly string[];
  get(name: string): (() => Planner | Promise<Planner>) | undefined;
}

/** Options of {@link plannerFrom}. */
export interface PlannerFromOptions {
  readonly registered?: RegisteredPlanners;
  /** Name of the environment variable with the key of an endpoint. Default `PRAXIS_PLANNER_KEY`, if it is set. */
  readonly keyVariable?: string;
  /** Environment. Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** LoRA adapter of a GGUF file. */
  readonly adapter?: string;
  /** How much the prompt for a model says. Default: `full` for an endpoint, `compact` for a GGUF file with an adapter, `brief` for one without. */
  readonly prompt?: PromptDetail;
  /** Time for a plan of a model (s). Default 60. */
  readonly timeout?: number;
  /** File that every exchange with a model is appended to. */
  readonly log?: string;
  /** Folder that every answer is written to, for `recorded:DIR`. */
  readonly record?: string;
  /** Further options of an endpoint. */
  readonly endpoint?: Partial<OpenAiOptions>;
  /** Further options of a GGUF file. */
  readonly local?: Partial<LocalPlannerOptions>;
}

/** Name of the environment variable with the key of an endpoint, unless another is named. */
export const PLANNER_KEY_VARIABLE = 'PRAXIS_PLANNER_KEY';

/** A GGUF file with a LoRA adapter: `MODEL.gguf+ADAPTER.gguf`. */
const WITH_ADAPTER = /^(.+\.gguf)\+(.+\.gguf)$/;

/**
 * Makes the planner that a text names: `http://HOST/v1#MODEL` or `https://...`, `FILE.gguf`, `recorded:DIR`, or the name of a registered one, such as
 * `rules`. Nothing is sent anywhere before its first plan.
 * @throws {InputError} in one line for what names no planner, a missing file, and a variable that is not set
 *
 * @example
 * const planner = await plannerFrom('http://127.0.0.1:8080/v1#qwen3', { log: 'sent.jsonl' });
 */
export async function plannerFrom(text: string, options: PlannerFromOptions = {}): Promise<Planner> {
  const planner = await namedPlanner(text, options);
  if (options.log !== undefined) {
    if (!isModelPlanner(planner)) throw new InputError(`${text}: sends nothing to a model, so that it has no log`);
    logExchanges(planner, options.log);
  }
  return options.record === undefined ? planner : recordAnswers(planner, options.record);
}

async function namedPlanner(text: string, options: PlannerFromOptions): Promise<Planner> {
  const [, model = text, beside] = WITH_ADAPTER.exec(text) ?? [];
  const { adapter = beside, registered, local } = options;
  const isFile = text.toLowerCase().endsWith('.gguf');
  if (adapter !== undefined && !isFile) throw new InputError(`${text}: takes no adapter, expected FILE.gguf`);
  if (/^https?:\/\//i.test(text)) return endpointPlanner(text, options);
  if (isFile)
    return new LocalPlanner({ ...modelOptions(options), ...local, model, ...(adapter !== undefined && { adapter }) });
  if (text.startsWith('recorded:')) return new RecordedPlanner(text.slice('recorded:'.length));
  const make = registered?.get(text);
  if (make) return make();
  const names = [...(registered?.names ?? []), 'http://HOST/v1#MODEL', 'FILE.gguf', 'recorded:DIR'];
  throw new InputError(`unknown planner ${jsonText(text)}: expected one of ${names.join(', ')}`);
}

function endpointPlanner(text: string, options: PlannerFromOptions): OpenAiPlanner {
  const { keyVariable, environment = process.env, endpoint } = options;
  // Not shown: who writes the key itself here does not want it in a log.
  if (keyVariable !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(keyVariable)) {
    throw new InputError(
      'the key of a planner is no name of an environment variable, expected one such as OPENAI_API_KEY',
    );
  }
  if (keyVariable !== undefined && !environment[keyVariable]) {
    throw new InputError(
      `the environment variable ${keyVariable} is not set, expected the key of the planner's endpoint`,
    );
  }
  const hash = text.indexOf('#');
  return new OpenAiPlanner({
    ...modelOptions(options),
    ...endpoint,
    baseUrl: hash < 0 ? text : text.slice(0, hash),
    model: hash < 0 ? '' : decodeURIComponent(text.slice(hash + 1)),
    key: () => environment[keyVariable ?? PLANNER_KEY_VARIABLE],
  });
}

const modelOptions = ({ prompt: detail, timeout }: PlannerFromOptions) => ({
  ...(detail !== undefined && { detail }),
  ...(timeout !== undefined && { timeout }),
});

const isModelPlanner = (planner: Planner): planner is ModelPlanner => 'exchanges$' in planner;

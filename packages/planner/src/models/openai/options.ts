import { InputError } from '@praxis/core';
import type { PromptOptions } from '../prompt.ts';

/**
 * How a model gives its answer. `json_schema`: JSON that the endpoint holds to the catalogue's schema. `json_object`: JSON of any form. `text`: nothing is
 * asked of the endpoint. `propose_plan`: one tool that takes the plan. `skill_tools`: one tool for each skill.
 */
export type AnswerForm = 'json_schema' | 'json_object' | 'text' | 'propose_plan' | 'skill_tools';

/** Every {@link AnswerForm}. */
export const ANSWER_FORMS: readonly AnswerForm[] = [
  'json_schema',
  'json_object',
  'text',
  'propose_plan',
  'skill_tools',
];

/** Prices of an endpoint, for {@link OpenAiOptions.prices}. */
export interface TokenPrices {
  /** Price of a million tokens of the prompt. */
  readonly promptPerMillion: number;
  /** Price of a million tokens of the answer. */
  readonly answerPerMillion: number;
}

/** Options of an `OpenAiPlanner`. */
export interface OpenAiOptions {
  /** Address up to the version, such as `http://127.0.0.1:8080/v1`. */
  readonly baseUrl: string;
  /** The model's name at the endpoint. */
  readonly model: string;
  /** Returns the key for the header `Authorization`; it is read for each request and never written anywhere. Default: no key. */
  readonly key?: () => string | undefined;
  /** Default `json_schema`. */
  readonly answer?: AnswerForm;
  /** `attached`: camera pictures go along, for a model with eyes. Default `none`. */
  readonly pictures?: PromptOptions['pictures'];
  /**
   * How much the prompt says. `compact` is for a model that was adapted to the skills (`training/planner`), whose answer is then the plan alone.
   * Default `full`.
   */
  readonly detail?: PromptOptions['detail'];
  /** `withheld`: nothing that the sensors see is sent. Default `given`. */
  readonly context?: PromptOptions['context'];
  /** `whole`: the endpoint sends its answer at once. Default `streamed`. */
  readonly transfer?: 'streamed' | 'whole';
  /** Time for a plan, all attempts together (s). Default 60. */
  readonly timeout?: number;
  /** Largest number of further attempts after status 429 or 5xx or a lost connection, 0 to 5. Default 2. */
  readonly retries?: number;
  /** Wait before the first further attempt (s); it doubles each time. Default 0.5. A longer `Retry-After` counts up to 10 s. */
  readonly backOff?: number;
  /** Largest size of an answer as it arrives (bytes). Default 524,288: llama.cpp's server streams each token in about 260 bytes. */
  readonly maxAnswerBytes?: number;
  /** Largest number of tokens of an answer. Default 1024. */
  readonly maxTokens?: number;
  /** Randomness of the answer. Default 0. */
  readonly temperature?: number;
  readonly prices?: TokenPrices;
  /** Money after which nothing more is sent, in the currency of `prices`. Default: no limit. */
  readonly budget?: number;
  /** Further fields of the request's body, which replace ours of the same name; undefined removes one. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Hosts that name this machine. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Address of the chat completions of an endpoint.
 * @throws {InputError} in one line for what is no http address, or has a password in it
 */
export function completionsUrl(baseUrl: string): URL {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch (cause) {
    throw new InputError(`${baseUrl}: no address, expected one such as http://127.0.0.1:8080/v1`, { cause });
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError(
      `${url.host}: the address has a user or a password in it, expected a key in an environment variable`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new InputError(`${baseUrl}: ${url.protocol} is no protocol of an endpoint, expected http: or https:`);
  }
  url.hash = '';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  return url;
}

/**
 * The headers of a request.
 * @throws {InputError} when the key is no header's text, or would cross a network unencrypted; the message does not contain it
 */
export function headersOf(url: URL, key: string | undefined): Record<string, string> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
  if (key === undefined || key === '') return headers;
  if (!/^[\x21-\x7e]+$/.test(key)) throw new InputError(`${url.host}: the key has characters that no header can carry`);
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new InputError(`${url.host}: a key is sent over https: or to this machine only`);
  }
  return { ...headers, Authorization: `Bearer ${key}` };
}

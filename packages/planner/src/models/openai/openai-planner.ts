import { errorMessage, InputError } from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { PlanCost, PlanRequest } from '../../planners/planner.ts';
import { PlannerError } from '../../planners/planner-error.ts';
import type { ModelPlanner, PlannerExchange } from '../exchange.ts';
import { planFromText } from '../parse-plan.ts';
import { planFromCalls } from '../plan-tools.ts';
import { exchange, withRetries } from './attempts.ts';
import type { ChatAnswer } from './chat-answer.ts';
import { chatBody } from './chat-body.ts';
import { ANSWER_FORMS, completionsUrl, headersOf, type OpenAiOptions } from './options.ts';
import { readAnswer } from './read-answer.ts';

/**
 * Planner of a model behind any endpoint that speaks the OpenAI protocol (`POST /chat/completions`): llama.cpp's server, Ollama, vLLM, a cloud.
 * It uses `fetch` and runs in browsers too. What it sends goes to this endpoint alone, and {@link exchanges$} shows all of it.
 *
 * @example
 * const planner = new OpenAiPlanner({ baseUrl: 'http://127.0.0.1:8080/v1', model: 'qwen3' });
 * const { plan } = await planner.plan({ request: 'lift the red cube', context, catalogue });
 * const verdict = checkPlan(plan, catalogue, context);
 */
export class OpenAiPlanner implements ModelPlanner {
  readonly name: string;
  readonly isModel = true;
  readonly exchanges$: Observable<PlannerExchange>;
  readonly #options: OpenAiOptions;
  readonly #url: URL;
  readonly #exchanges = new Subject<PlannerExchange>();
  /** Aborted by `close`. */
  readonly #closing = new AbortController();
  /** Money of all answers so far. */
  #spent = 0;

  /** @throws {InputError} in one line for an address or an option that cannot be */
  constructor(options: OpenAiOptions) {
    this.#url = completionsUrl(options.baseUrl);
    if (options.model.trim() === '') {
      throw new InputError(`${options.baseUrl}: no model is named, expected ${options.baseUrl}#NAME`);
    }
    const { answer, retries = 0, timeout = 1 } = options;
    if (answer !== undefined && !ANSWER_FORMS.includes(answer)) {
      throw new InputError(`answer ${String(answer)}: expected ${ANSWER_FORMS.join(', ')}`);
    }
    if (!(Number.isInteger(retries) && retries >= 0 && retries <= 5)) {
      throw new InputError(`retries ${retries}: expected a whole number from 0 to 5`);
    }
    if (!(timeout > 0 && timeout <= 3600))
      throw new InputError(`timeout ${timeout} s: expected more than 0, at most 3600`);
    this.#options = options;
    this.name = `${options.model} at ${this.#url.host}`;
    this.exchanges$ = this.#exchanges.asObservable();
  }

  /**
   * @throws {PlannerError} in one line: refused or lost connection, time-out, a status that is no success, no plan in the answer
   * @throws {InputError} for a key that cannot be sent
   * @throws the reason of the request's signal when it is aborted
   */
  async plan(request: PlanRequest): Promise<{ readonly plan: unknown; readonly cost: PlanCost }> {
    const { timeout = 60, retries = 2, backOff = 0.5, budget } = this.#options;
    if (budget !== undefined && this.#spent >= budget) {
      throw new PlannerError(`${this.name}: ${this.#spent} of the budget of ${budget} are spent, nothing more is sent`);
    }
    const ended = AbortSignal.any([this.#closing.signal, ...(request.signal ? [request.signal] : [])]);
    ended.throwIfAborted();
    const expired = AbortSignal.timeout(timeout * 1000);
    const signal = AbortSignal.any([ended, expired]);
    const start = performance.now();
    const sent = await chatBody(request, this.#options);
    try {
      return await withRetries((attempt) => this.#attempt(request, { sent, attempt, signal, start }), {
        retries,
        backOff,
        signal,
      });
    } catch (error) {
      if (ended.aborted) throw ended.reason;
      if (expired.aborted) throw new PlannerError(`${this.name}: no answer within ${timeout} s`, { cause: error });
      throw error;
    }
  }

  /** Ends every planning that waits for an answer. */
  async close(): Promise<void> {
    this.#closing.abort(new PlannerError(`${this.name}: the planner was closed`));
    this.#exchanges.complete();
  }

  async #attempt(
    request: PlanRequest,
    { sent, attempt, signal, start }: { sent: object; attempt: number; signal: AbortSignal; start: number },
  ): Promise<{ readonly plan: unknown; readonly cost: PlanCost }> {
    const key = this.#options.key?.();
    const record = { time: new Date().toISOString(), model: `${this.#url.href}#${this.#options.model}`, attempt, sent };
    let answer: ChatAnswer | undefined;
    let cost: PlanCost | undefined;
    try {
      const init = { method: 'POST', headers: headersOf(this.#url, key), body: JSON.stringify(sent), signal };
      const { maxAnswerBytes = 524_288 } = this.#options;
      answer = await exchange(
        this.#url,
        init,
        (response) => readAnswer(response, maxAnswerBytes, this.name),
        this.name,
      );
      cost = this.#costOf(answer, start);
      const plan = this.#planOf(answer, request);
      this.#exchanges.next({ ...record, answer: contentOf(answer), cost });
      return { plan, cost };
    } catch (error) {
      if (error instanceof PlannerError) error.message = withoutKey(error.message, key);
      this.#exchanges.next({
        ...record,
        ...(answer && { answer: contentOf(answer) }),
        error: withoutKey(errorMessage(error), key),
        ...(cost && { cost }),
      });
      throw error;
    }
  }

  #planOf(answer: ChatAnswer, { request, catalogue }: PlanRequest): unknown {
    if (answer.refusal !== '') return { kind: 'refusal', reason: answer.refusal };
    if (answer.finishReason === 'length') {
      const tokens = this.#options.maxTokens ?? 1024;
      throw new PlannerError(`${this.name}: the answer was cut off at ${answer.answerTokens ?? tokens} tokens`);
    }
    if (answer.calls.length === 0) return planFromText(answer.text, this.name);
    const restatement = answer.text.trim().slice(0, 400) || request;
    return planFromCalls(answer.calls, { source: this.name, restatement, catalogue });
  }

  #costOf({ promptTokens, answerTokens }: ChatAnswer, start: number): PlanCost {
    const { prices } = this.#options;
    const money =
      prices && ((promptTokens ?? 0) * prices.promptPerMillion + (answerTokens ?? 0) * prices.answerPerMillion) / 1e6;
    this.#spent += money ?? 0;
    const seconds = (performance.now() - start) / 1000;
    return {
      seconds,
      ...(promptTokens !== undefined && { promptTokens }),
      ...(answerTokens !== undefined && { answerTokens }),
      ...(money !== undefined && { money }),
    };
  }
}

const contentOf = ({ text, refusal, calls }: ChatAnswer) => ({
  ...(text && { text }),
  ...(refusal && { refusal }),
  ...(calls.length > 0 && { calls }),
});

/** Some servers repeat the key in their message. */
const withoutKey = (message: string, key: string | undefined): string =>
  key ? message.replaceAll(key, '(key)') : message;

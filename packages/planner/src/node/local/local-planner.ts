import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  describeExit,
  errorMessage,
  errorRegistry,
  execArgvOf,
  InputError,
  moduleBeside,
  processTransport,
  ServiceClient,
} from '@praxis/core';
import { type Observable, Subject } from 'rxjs';
import type { ModelPlanner, PlannerExchange } from '../../models/exchange.ts';
import { planFromText } from '../../models/parse-plan.ts';
import { answerSchemaOf, leastTemperature, type PromptOptions, promptOf } from '../../models/prompt.ts';
import type { PlanCost, PlanRequest } from '../../planners/planner.ts';
import { PlannerError } from '../../planners/planner-error.ts';
import { untilAborted } from '../../planners/until-aborted.ts';
import { grammarOf } from './grammar.ts';
import type { LlamaAnswer, LlamaQuestion, LlamaService, LlamaSetup } from './messages.ts';

errorRegistry.register('PlannerError', PlannerError);

/** The program of the process. */
const PROGRAM = moduleBeside('./llama-process', import.meta.url);

/** Options of a {@link LocalPlanner}. */
export interface LocalPlannerOptions {
  /** GGUF file of the model. */
  readonly model: string;
  /** GGUF file of a LoRA adapter for the model. Default: none. */
  readonly adapter?: string;
  /** Folder in which node-llama-cpp is installed. Default: the working directory, then beside this package. */
  readonly library?: string;
  /** Threads that compute. Default: one less than the machine has, at least one. */
  readonly threads?: number;
  /** Time for a plan once the model is loaded (s). Default 60. */
  readonly timeout?: number;
  /** Time for loading the model (s). Default 120. */
  readonly loadTimeout?: number;
  /** Largest number of tokens of an answer. Default 512. */
  readonly maxTokens?: number;
  /** Largest number of tokens of prompt and answer together; the model's own limit counts too. Default 4096. */
  readonly contextTokens?: number;
  /** Priority of the process for the operating system. Default `lowest`, so that it never delays the control loop. */
  readonly priority?: LlamaSetup['priority'];
  /** Randomness of the answer. Default 0. */
  readonly temperature?: number;
  /**
   * How much the prompt says. Default `compact` with an adapter, which has learnt the skills, else `brief`: small models read long prompts slowly,
   * and badly.
   */
  readonly detail?: PromptOptions['detail'];
  /** `withheld`: the model gets nothing that the sensors see. Default `given`. */
  readonly context?: PromptOptions['context'];
}

/**
 * Planner of a model in a GGUF file on this machine, by node-llama-cpp in a process of its own with the lowest priority. A grammar holds the answer
 * to the skills of the catalogue and the names of the context, without white space. The model is loaded with the first request; a process that ended is started again with the next one.
 * Nothing leaves the machine.
 *
 * @example
 * const planner = new LocalPlanner({ model: 'SmolLM2-135M-Instruct.Q4_1.gguf' });
 * const { plan } = await planner.plan({ request: 'lift the red cube', context, catalogue });
 * await planner.close();
 */
export class LocalPlanner implements ModelPlanner {
  readonly name: string;
  readonly isModel = true;
  readonly exchanges$: Observable<PlannerExchange>;
  readonly #options: LocalPlannerOptions;
  readonly #exchanges = new Subject<PlannerExchange>();
  /** The process that runs, or is starting. */
  #service: Promise<ServiceClient<LlamaService>> | undefined;
  #kill: () => void = () => undefined;
  #closed = false;

  /** @throws {InputError} when there is no file of the model or the adapter */
  constructor(options: LocalPlannerOptions) {
    for (const path of [options.model, options.adapter]) {
      if (path !== undefined && !existsSync(path)) throw new InputError(`${path}: no such file, expected a GGUF file`);
    }
    this.#options = options;
    const adapter = options.adapter === undefined ? '' : ` with ${basename(options.adapter)}`;
    this.name = `${basename(options.model)}${adapter}`;
    this.exchanges$ = this.#exchanges.asObservable();
  }

  /**
   * @throws {PlannerError} in one line: node-llama-cpp is not installed, the file is no model, time-out, the process ended
   * @throws the reason of the request's signal when it is aborted
   */
  async plan(request: PlanRequest): Promise<{ readonly plan: unknown; readonly cost: PlanCost }> {
    const { adapter, context, maxTokens = 512, temperature = 0 } = this.#options;
    const { detail = adapter === undefined ? 'brief' : 'compact' } = this.#options;
    const start = performance.now();
    const prompt = promptOf(request, { detail, context });
    const grammar = grammarOf(answerSchemaOf(request, { detail, context }));
    const { length: rejected = 0 } = request.rejected ?? [];
    const sent: LlamaQuestion = {
      ...{ system: prompt.system, user: prompt.user, grammar, maxTokens },
      temperature: Math.max(temperature, leastTemperature(request, { detail })),
      seed: rejected,
    };
    const record = { time: new Date().toISOString(), model: this.#options.model, attempt: 1, sent };
    let answer: LlamaAnswer | undefined;
    try {
      answer = await this.#ask(sent, request.signal);
      const { promptTokens, answerTokens } = answer;
      const cost = { seconds: (performance.now() - start) / 1000, promptTokens, answerTokens };
      if (answer.finish === 'length')
        throw new PlannerError(`${this.name}: the answer was cut off at ${maxTokens} tokens`);
      const plan = planFromText(answer.text, this.name);
      this.#exchanges.next({ ...record, answer: { text: answer.text }, cost });
      return { plan, cost };
    } catch (error) {
      this.#exchanges.next({ ...record, ...(answer && { answer: { text: answer.text } }), error: errorMessage(error) });
      throw error;
    }
  }

  /** Ends the process; a planning that waits for it rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    const service = this.#service;
    this.#kill();
    await service?.then(({ exited }) => exited).catch(() => undefined);
    this.#exchanges.complete();
  }

  /** Process id; undefined before the first request and after an end. */
  get pid(): Promise<number> | undefined {
    return this.#service?.then((client) => client.ready).then(({ pid }) => pid);
  }

  async #ask(question: LlamaQuestion, signal: AbortSignal | undefined): Promise<LlamaAnswer> {
    if (this.#closed) throw new PlannerError(`${this.name}: the planner was closed`);
    const { timeout = 60, loadTimeout = 120 } = this.#options;
    const client = await this.#within(loadTimeout, 'the model was not loaded', signal, (ended) =>
      untilAborted(() => this.#service ?? this.#start(), ended),
    );
    return this.#within(timeout, 'no answer', signal, (ended) => client.call('answer', question, { signal: ended }));
  }

  /** Runs a part of a planning. A process that needs longer than it may is ended: one that computes heeds a signal, one that hangs does not. */
  async #within<T>(
    seconds: number,
    fault: string,
    signal: AbortSignal | undefined,
    run: (ended: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const expired = AbortSignal.timeout(seconds * 1000);
    try {
      return await run(AbortSignal.any([expired, ...(signal ? [signal] : [])]));
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!expired.aborted) throw error;
      this.#kill();
      throw new PlannerError(`${this.name}: ${fault} within ${seconds} s`, { cause: error });
    }
  }

  #start(): Promise<ServiceClient<LlamaService>> {
    const { model, adapter, library, contextTokens = 4096, priority = 'lowest' } = this.#options;
    const { threads = Math.max(1, availableParallelism() - 1) } = this.#options;
    const beside = dirname(fileURLToPath(import.meta.url));
    const setup: LlamaSetup = {
      model: resolve(model),
      ...(adapter !== undefined && { adapter: resolve(adapter) }),
      resolveFrom: library === undefined ? [process.cwd(), beside] : [resolve(library)],
      threads,
      contextTokens,
      priority,
    };
    const child = fork(fileURLToPath(PROGRAM), [JSON.stringify(setup)], {
      serialization: 'advanced',
      execArgv: execArgvOf(PROGRAM),
      // Standard output carries the output of a command; the last line of standard error is the reason of an exit.
      stdio: ['ignore', 2, 'pipe', 'ipc'],
    });
    const transport = processTransport(child, { keepAlive: 'while busy' });
    const service = ServiceClient.open<LlamaService>(transport, {
      exitError: (reason) =>
        new PlannerError(`${this.name}: its process ${describeExit(reason)}`, { cause: reason.error }),
      onStatus: ({ kind }) => {
        if (kind === 'exited' && this.#service === service) this.#service = undefined;
      },
    });
    // Whoever waits for it gets the error; the next request starts a new process.
    service.catch(() => {
      if (this.#service === service) this.#service = undefined;
    });
    this.#service = service;
    this.#kill = () => {
      if (this.#service === service) this.#service = undefined;
      transport.close();
    };
    return service;
  }
}

import { closeSync, openSync, writeSync } from 'node:fs';
import {
  type ActionChunk,
  type ActionSpec,
  DEFAULT_ACTIONS,
  errorMessage,
  InputError,
  type Observation,
  type Policy,
  PolicyError,
  type PolicySpec,
} from '@praxis/core';
import * as z from 'zod';
import { parseJson } from '../manifest/parse-json.ts';
import { blocksOf, rowSize, rowsOf } from '../remote/action-rows.ts';
import { parseWireSpec, policySpecOf, wireSpecOf } from '../remote/wire-spec.ts';
import { readInputFile } from './input-file.ts';

/** One answer in a recording: rows of actions, or why the policy refused. */
const answerSchema = z.union([
  z.object({ stamp: z.number(), refused: z.string() }),
  z.object({ stamp: z.number(), actions: z.array(z.array(z.number()).min(1)).min(1) }),
]);

/**
 * A policy whose answers are also written to a file of JSON lines: its spec first, as `praxis serve` tells it, then stamp (s) and rows of
 * actions of each answer, or the reason of a refusal. A line is written whole, so a recording survives a kill.
 */
export class RecordedPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #policy: Policy;
  readonly #file: number;

  /** @throws {InputError} when the file cannot be written */
  constructor(policy: Policy, path: string) {
    this.#policy = policy;
    this.spec = policy.spec;
    try {
      this.#file = openSync(path, 'w');
    } catch (cause) {
      throw new InputError(`${path}: cannot be written (${errorMessage(cause)})`, { cause });
    }
    this.#write(wireSpecOf(policy.spec));
  }

  async infer(observation: Observation): Promise<ActionChunk> {
    const chunk = await this.#policy.infer(observation);
    const { stamp, refused } = chunk;
    if (refused !== undefined) {
      this.#write({ stamp, refused });
      return chunk;
    }
    const specs = actionsOf(this.spec);
    const [rows, size] = [rowsOf(chunk, specs), rowSize(specs)];
    const actions = Array.from({ length: chunk.horizon }, (_, row) => [...rows.subarray(row * size, (row + 1) * size)]);
    this.#write({ stamp, actions });
    return chunk;
  }

  reset(): void {
    this.#policy.reset();
  }

  async close(): Promise<void> {
    closeSync(this.#file);
    await this.#policy.close();
  }

  #write(line: object): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

/** What a recording has of a chunk. */
type RecordedAnswer = Pick<ActionChunk, 'blocks' | 'refused'>;

/** A policy without a model: it gives the recorded answers in their order, whatever it observes, from the first one after each reset. */
export class ReplayPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #path: string;
  readonly #answers: readonly RecordedAnswer[];
  #next = 0;

  /**
   * @param path a file that a {@link RecordedPolicy} has written, or one of that form that was written by hand
   * @throws {InputError} that names the line that is wrong; {PolicyError} when its spec is wrong
   */
  constructor(path: string) {
    const [first = '', ...lines] = readInputFile(path, 'a recording').toString().trimEnd().split('\n');
    this.#path = path;
    const head = `${path}, line 1`;
    this.spec = policySpecOf(parseWireSpec(parseJson(first, head), head), 'recording');
    const size = rowSize(actionsOf(this.spec));
    this.#answers = lines.map((line, i): RecordedAnswer => {
      const where = `${path}, line ${i + 2}`;
      const { data } = answerSchema.safeParse(parseJson(line, where));
      if (data && 'refused' in data) return { blocks: {}, refused: data.refused };
      const isWhole = data?.actions.length === this.spec.horizon;
      if (isWhole && data.actions.every((row) => row.length === size))
        return { blocks: blocksOf(Float64Array.from(data.actions.flat()), actionsOf(this.spec)) };
      throw new InputError(`${where}: expected a stamp and ${this.spec.horizon} actions of ${size} numbers`);
    });
    if (this.#answers.length === 0) throw new InputError(`${path}: no answers, expected a line for each`);
  }

  async infer({ stamp }: Observation): Promise<ActionChunk> {
    const answer = this.#answers[this.#next];
    if (!answer)
      throw new PolicyError(`recording ${this.#path}: all of its ${this.#answers.length} answers were given`);
    this.#next++;
    const { actionPeriod, horizon } = this.spec;
    return { stamp, period: actionPeriod, horizon, gates: {}, ...answer };
  }

  reset(): void {
    this.#next = 0;
  }

  async close(): Promise<void> {}
}

const actionsOf = ({ actions = DEFAULT_ACTIONS }: PolicySpec): readonly ActionSpec[] => actions;

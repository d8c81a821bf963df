import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { z } from 'zod';
import type { PlanCost, Planner, PlanRequest } from '../../planners/planner.ts';
import { PlannerError } from '../../planners/planner-error.ts';
import { requestHash } from './request-hash.ts';

/** A file of an answer: what a planner answered, and to what. */
const recordedAnswer = z.object({
  request: z.string().optional(),
  plan: z.unknown(),
  cost: z
    .object({
      seconds: z.number().nonnegative(),
      promptTokens: z.number().optional(),
      answerTokens: z.number().optional(),
      money: z.number().optional(),
    })
    .optional(),
});

/** Names of the files: `NUMBER.json` in order, `HASH.json` or `NUMBER-HASH.json` for one request. */
const FILE_NAME = /^(?:(\d{1,6})|(?:\d{1,6}-)?([0-9a-f]{16}))\.json$/;

/**
 * Planner of recorded answers, for tests without a model. A folder has one JSON file an answer, `{ "plan": ... }`. The file whose name has
 * the `requestHash` of the request is used first, several of them in the order of their names; then the files that have a number alone,
 * each once.
 */
export class RecordedPlanner implements Planner {
  readonly name: string;
  /** Its answers stand for those of a model. */
  readonly isModel = true;
  readonly #folder: string;
  /** Names of files that are not used yet, by hash; those of no request are at ''. */
  readonly #files = new Map<string, string[]>();

  /** @throws {InputError} when there is no such folder, or no answer in it */
  constructor(folder: string) {
    this.name = `recorded:${folder}`;
    this.#folder = folder;
    let names: readonly string[];
    try {
      names = readdirSync(folder).sort();
    } catch (cause) {
      const reason = (cause as NodeJS.ErrnoException).code;
      throw new InputError(`${folder}: cannot be read (${reason}), expected a folder of answers`, { cause });
    }
    for (const name of names) {
      const [, number, hash = ''] = FILE_NAME.exec(name) ?? [];
      if (number === undefined && hash === '') continue;
      this.#files.set(hash, [...(this.#files.get(hash) ?? []), name]);
    }
    if (this.#files.size === 0) {
      throw new InputError(`${folder}: has no answer, expected files such as 001.json with {"plan": ...}`);
    }
  }

  /** @throws {PlannerError} when no answer is left for the request, or its file is none */
  async plan(request: PlanRequest): Promise<{ readonly plan: unknown; readonly cost: PlanCost }> {
    request.signal?.throwIfAborted();
    const hash = requestHash(request);
    const file = this.#files.get(hash)?.shift() ?? this.#files.get('')?.shift();
    if (file === undefined) {
      throw new PlannerError(
        `${this.#folder}: no answer is left for "${request.request}", expected a file ${hash}.json`,
      );
    }
    const { plan, cost } = readAnswer(join(this.#folder, file));
    return { plan, cost: cost ?? { seconds: 0 } };
  }
}

function readAnswer(path: string): z.infer<typeof recordedAnswer> {
  try {
    return recordedAnswer.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new PlannerError(`${path}: is no recorded answer, expected JSON with {"plan": ...}`, { cause });
  }
}

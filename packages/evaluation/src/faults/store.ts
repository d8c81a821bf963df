import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '@praxis/core';
import type { PolicyIdentity } from '../episodes/name.ts';
import type { GuardedOutcome } from '../report/safety-report.ts';

const FORMAT = 'praxis-faults/1';

/** One result: what went wrong, `none` for an episode in which nothing did, and what came of it. */
export interface StoredOutcome {
  readonly fault: string;
  readonly outcome: GuardedOutcome;
}

/**
 * Results on disk, one JSON object a line, each written as soon as it is there: a run that was interrupted goes on where it
 * stopped. A last line that was cut off is left out.
 */
export class OutcomeStore {
  readonly header: PolicyIdentity;
  readonly #path: string;
  readonly #outcomes = new Map<string, StoredOutcome>();

  /** @throws {InputError} when the file is not one of ours or was made with another policy. */
  constructor(path: string, header: PolicyIdentity) {
    this.#path = path;
    this.header = header;
    if (existsSync(path)) this.#read(header);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify({ format: FORMAT, ...header })}\n`);
    }
  }

  get(fault: string, task: string, seed: number): GuardedOutcome | undefined {
    return this.#outcomes.get(keyOf(fault, task, seed))?.outcome;
  }

  add(fault: string, outcome: GuardedOutcome): void {
    const stored = { fault, outcome };
    this.#outcomes.set(keyOf(fault, outcome.task, outcome.seed), stored);
    appendFileSync(this.#path, `${JSON.stringify(stored)}\n`);
  }

  #read(header: PolicyIdentity): void {
    const [first, ...lines] = readFileSync(this.#path, 'utf8').split('\n');
    const found = parsed(first) as (PolicyIdentity & { format?: unknown }) | undefined;
    if (found?.format !== FORMAT) throw new InputError(`${this.#path}: expected results of praxis faults`);
    if (found.sha256 !== header.sha256) {
      throw new InputError(
        `${this.#path}: made with policy ${found.policy} (${found.sha256.slice(0, 8)}), not with ${header.policy} (${header.sha256.slice(0, 8)}); --fresh begins anew`,
      );
    }
    // What was cut off must not run into what comes next.
    if (lines.at(-1) !== '') appendFileSync(this.#path, '\n');
    for (const line of lines) {
      const stored = parsed(line) as StoredOutcome | undefined;
      if (stored) this.#outcomes.set(keyOf(stored.fault, stored.outcome.task, stored.outcome.seed), stored);
    }
  }
}

const keyOf = (fault: string, task: string, seed: number): string => `${fault} ${task} ${seed}`;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

import { appendFileSync, closeSync, openSync } from 'node:fs';
import { InputError } from '@praxis/core';
import type { ModelPlanner } from '../models/exchange.ts';

/**
 * Writes every exchange of a planner with its model to a file, one JSON object a line: all that was sent, and what came back. Only its owner
 * may read the file.
 * @returns a function that ends the writing
 * @throws {InputError} when the file cannot be written
 */
export function logExchanges(planner: ModelPlanner, path: string): () => void {
  try {
    // Tells at once, not after the first request.
    closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    throw new InputError(`${path}: cannot be written (${(cause as NodeJS.ErrnoException).code})`, { cause });
  }
  const subscription = planner.exchanges$.subscribe((each) => appendFileSync(path, `${JSON.stringify(each)}\n`));
  return () => subscription.unsubscribe();
}

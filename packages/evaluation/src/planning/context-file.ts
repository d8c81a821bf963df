import { InputError } from '@praxis/core';
import { type Catalogue, type PlannerContext, parseContext } from '@praxis/planner';
import { readInputFile } from '@praxis/policy/node';
import type { RobotChoice } from '@praxis/sim';
import type { Registry } from '../config/registry.ts';
import { catalogueOf, type PolicyFacts, workCellOf } from './work-cell.ts';

/** What a work cell is made from, beside the places of a context. */
export interface ContextFileOptions {
  readonly robot: RobotChoice;
  readonly registry: Registry;
  /** Facts about the learned policy. Default: there is none. */
  readonly policy?: PolicyFacts;
}

/**
 * Reads the context of a planner from a JSON file, with the skills of a robot that has the file's places.
 * @throws {InputError} in one line that names the file, the field and what was expected
 */
export function readContextFile(
  file: string,
  options: ContextFileOptions,
): { readonly catalogue: Catalogue; readonly context: PlannerContext } {
  const context = parseContext(parseJson(readInputFile(file, 'a context of a planner').toString(), file), file);
  const cell = workCellOf({ ...options, places: context.places });
  return { catalogue: catalogueOf(cell, options.registry), context: { ...context, places: cell.places } };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/\s+/g, ' ');
    throw new InputError(`${file}: no JSON: ${reason}`, { cause });
  }
}

import { actionInconsistencies } from './action-rules.ts';
import type { Inconsistency } from './fields.ts';
import type { GraphManifest } from './graph-manifest.ts';
import { placedInputs, streamConflict } from './graph-streams.ts';
import { inputInconsistencies, tokenizerFilesOf } from './input-rules.ts';
import { missingDigests, robotInconsistencies } from './rules.ts';

/** Returns the first field of a graph's manifest that contradicts another one; undefined for a consistent manifest. */
export function checkGraphManifest(manifest: GraphManifest): Inconsistency | undefined {
  for (const inconsistency of inconsistencies(manifest)) return inconsistency;
  return undefined;
}

function* inconsistencies(manifest: GraphManifest): Generator<Inconsistency> {
  const { graph, inputs, action } = manifest;
  yield* inputInconsistencies(placedInputs(manifest), manifest);
  const conflict = streamConflict(manifest);
  if (conflict) yield conflict;
  yield* actionInconsistencies(action);
  yield* robotInconsistencies(manifest);
  yield* missingDigests([graph, ...tokenizerFilesOf(inputs)], manifest);
}

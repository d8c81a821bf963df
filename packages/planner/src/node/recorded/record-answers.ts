import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Planner } from '../../planners/planner.ts';
import { requestHash } from './request-hash.ts';

/** A planner whose answers are also written to a folder, for a {@link RecordedPlanner}. Files that are there stay. */
export function recordAnswers(planner: Planner, folder: string): Planner {
  mkdirSync(folder, { recursive: true });
  let number = readdirSync(folder).length;
  const { name: planned, isModel = false } = planner;
  return {
    ...{ name: planned, isModel },
    async plan(request) {
      const answer = await planner.plan(request);
      const name = `${String(++number).padStart(3, '0')}-${requestHash(request)}.json`;
      const record = { request: request.request, planner: planned, plan: answer.plan, cost: answer.cost };
      // Beside first: an answer that is half-written is never read.
      const temporary = join(folder, `.${name}.part`);
      writeFileSync(temporary, `${JSON.stringify(record, undefined, 2)}\n`);
      renameSync(temporary, join(folder, name));
      return answer;
    },
    close: async () => planner.close?.(),
  };
}

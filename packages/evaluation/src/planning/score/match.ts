import type { ExpectedActions } from '../requests/request.ts';

/** Steps that change nothing in the world: a plan may have them where the request does not ask for them. */
const QUIET = /^(weigh|look|say|wait|above)\b/;

/**
 * True when actions are those that are expected: the chains of each phase in any order, the phases one after another. Weighing, looking and speaking are
 * ignored unless they are expected.
 */
export function matches(actions: readonly string[], { phases }: ExpectedActions): boolean {
  const wanted = new Set(phases.flat(2));
  let rest = actions.filter((action) => wanted.has(action) || !QUIET.test(action));
  for (const phase of phases) {
    const open = [...phase];
    while (open.length > 0) {
      const next = open.findIndex((chain) => chain.every((action, i) => rest[i] === action));
      if (next < 0) return false;
      rest = rest.slice(open[next].length);
      open.splice(next, 1);
    }
  }
  return rest.length === 0;
}

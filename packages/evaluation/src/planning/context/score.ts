import { distanceBetween, type SeenThing } from '@praxis/planner';
import type { SceneView, TrueThing } from './draw-view.ts';

/** A true thing and what was found at its place. */
export interface ScoredThing {
  readonly task: string;
  /** `red cube`. */
  readonly kind: string;
  /** True when a camera sees at least a part of it. */
  readonly visible: boolean;
  /** Words of the find at its place; undefined when nothing was found there. */
  readonly found: string | undefined;
  /** Horizontal distance of the find (m). */
  readonly error: number | undefined;
}

/** Score of one view. */
export interface ViewScore {
  readonly things: readonly ScoredThing[];
  /** Words of finds where no thing is. */
  readonly invented: readonly string[];
}

/** A find further than this from every thing was invented (m). */
const MATCH_DISTANCE_M = 0.06;
/** Share of its points that a camera must see of a thing that it could find. */
const VISIBLE_SHARE = 0.4;

/** Compares what was found with the truth: pairs of a find and a thing, the nearest first. Held things count for nothing. */
export function scoreView(view: SceneView, found: readonly SeenThing[]): ViewScore {
  const truth = view.things.filter(({ held }) => !held);
  const pairs = truth
    .flatMap((thing) => found.map((find) => ({ thing, find, gap: distanceBetween(thing, find) })))
    .filter(({ gap }) => gap < MATCH_DISTANCE_M)
    .sort((a, b) => a.gap - b.gap);
  const matched = new Map<TrueThing, { find: SeenThing; gap: number }>();
  const used = new Set<SeenThing>();
  for (const { thing, find, gap } of pairs) {
    if (matched.has(thing) || used.has(find)) continue;
    matched.set(thing, { find, gap });
    used.add(find);
  }
  return {
    things: truth.map((thing) => {
      const match = matched.get(thing);
      return {
        task: view.task,
        kind: thing.words.join(' '),
        visible: Object.values(thing.pixels).some(({ visible, seen }) => visible && seen >= VISIBLE_SHARE),
        found: match?.find.words.join(' '),
        error: match?.gap,
      };
    }),
    invented: found.filter((find) => !used.has(find)).map(({ words }) => words.join(' ')),
  };
}

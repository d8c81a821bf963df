import type { SeenThing } from './context.ts';
import { distanceBetween, horizontalDistance, nearestPairs } from './distance.ts';
import { addEvidence, type FindOptions, heightOfMiddle, type LocatedThing, thingOfEvidence } from './find-things.ts';
import { nameThings } from './name-things.ts';

/** A find this close to a known thing is that thing (m). */
const SAME_THING_M = 0.045;
/** A find this close to a known thing that no find explains is that thing too: where the arm hides a part of it, its place is this far off (m). */
const NEAR_THING_M = 0.07;
/** The thing under closed fingers, at most this far beside them, is the one that they lifted, and a find there shows it in the fingers (m). */
const LIFTED_M = 0.05;
/** Else a thing whose place the arm left with closed fingers at most this far away is the one in the fingers (m). */
const TAKEN_M = 0.15;
/**
 * A find less confident than this shows a thing that is known, but no new one. The things of 60 validation scenes were found with at least 0.88 at the first
 * look; finds of nothing, at the edge of a picture or beside a thing, had 0.51 and 0.70.
 */
const NEW_THING_CONFIDENCE = 0.8;
/** Looks in a row in which a thing may be hidden before it counts as gone. */
const MAX_HIDDEN_LOOKS = 3;

/** What a look tells the tracker beside the things it found. */
export type TrackOptions = Pick<FindOptions, 'places' | 'surface' | 'thingHeight' | 'held' | 'tool'>;

interface Track {
  thing: LocatedThing;
  /** Number of looks that found it, whose evidence is summed. */
  looks: number;
  /** Looks in a row that did not find it. */
  hidden: number;
}

/**
 * Follows things from look to look: what several looks say about the words of a thing counts together, so that its name does not change with
 * the view, and a thing that the arm hides for a moment stays known.
 */
export class ThingTracker {
  #tracks: Track[] = [];
  #carried: Track | undefined;

  /**
   * Takes in the things of a new look.
   * @param options `held`: position of what the fingers hold (m); `tool`: position of the tool (m), where a thing lies that the fingers let go of
   * @returns all known things but the one in the fingers
   */
  update(found: readonly LocatedThing[], options: TrackOptions): readonly SeenThing[] {
    const { places, held, tool } = options;
    // The arm that has just put it down may hide it; its old place is surely empty.
    if (held === undefined && this.#carried && tool) {
      const [x, y] = tool;
      const { thing } = this.#carried;
      this.#carried.thing = { ...thing, position: [x, y, heightOfMiddle([x, y], options)] };
    }
    if (held !== undefined) this.#carried ??= nearest(this.#tracks, held, LIFTED_M);
    const open = new Set(this.#tracks.filter((track) => held === undefined || track !== this.#carried));
    const left = new Set(found);
    const pair = (gap: typeof gapOf, limit: number) => {
      for (const [track, thing] of nearestPairs(open, left, gap, limit)) {
        open.delete(track);
        left.delete(thing);
        track.thing = { ...thing, evidence: addEvidence([track.thing.evidence, thing.evidence]) };
        track.looks++;
        track.hidden = 0;
      }
    };
    pair(gapOf, SAME_THING_M);
    // A thing that is elsewhere now is one that is missing at its place.
    pair((track, thing) => (kindOf(track.thing) === kindOf(thing) ? gapOf(track, thing) : Infinity), Infinity);
    pair(gapOf, NEAR_THING_M);
    if (held === undefined) this.#carried = undefined;
    else this.#carried ??= nearest([...open], held, TAKEN_M);
    for (const track of open) if (track !== this.#carried) track.hidden++;
    const isNew = ({ confidence }: LocatedThing) => confidence >= NEW_THING_CONFIDENCE;
    const isHeld = ({ position }: LocatedThing) => held !== undefined && horizontalDistance(position, held) < LIFTED_M;
    this.#tracks = [
      ...this.#tracks.filter(({ hidden }) => hidden <= MAX_HIDDEN_LOOKS),
      ...[...left].filter((thing) => isNew(thing) && !isHeld(thing)).map((thing) => ({ thing, looks: 1, hidden: 0 })),
    ];
    const shown = this.#tracks.filter((track) => track !== this.#carried);
    return nameThings(shown.map(({ thing, looks }) => thingOfEvidence(thing, places, looks)));
  }

  /** Forgets all things but the one in the fingers: others may have been moved or replaced since the last look. */
  forget(): void {
    this.#tracks = this.#tracks.filter((track) => track === this.#carried);
  }
}

const gapOf = (track: Track, thing: LocatedThing): number => distanceBetween(track.thing, thing);
const kindOf = (thing: LocatedThing): string => thingOfEvidence(thing, []).words.join(' ');

/** The track nearest to a point, horizontally, within a distance (m). */
function nearest(
  tracks: readonly Track[],
  point: readonly [number, number, number],
  within: number,
): Track | undefined {
  const gap = ({ thing }: Track) => horizontalDistance(thing.position, point);
  return [...tracks].sort((a, b) => gap(a) - gap(b)).find((track) => gap(track) < within);
}

import type { Lexicon } from './lexicon.ts';
import type { Filter, Relation } from './meaning.ts';
import { PLACE_SIDES } from './phrases.ts';
import { readPlace } from './read-place.ts';
import { readThings, readThingsList } from './read-things.ts';
import type { Reader } from './reader.ts';

const RELATIONS: readonly (readonly [Relation, string])[] = [
  ['beside', 'next to | right next to | beside | near | close to | by | alongside'],
  ['behind', 'right behind | behind | in back of | at the back of'],
  ['in front of', 'right in front of | in front of'],
  ['left of', 'to the left of | on the left of | on the left side of | on the left hand side of | left of'],
  ['right of', 'to the right of | on the right of | on the right side of | on the right hand side of | right of'],
  ['nearest', 'nearest to | closest to | nearest | closest | nearer to | closer to'],
  [
    'farthest',
    'farthest away from | furthest away from | farther away from | further away from | farther from | further from | farthest from | furthest from | furthest away | farthest away | farther away | further away',
  ],
];
/** Words for the robot itself. */
const ROBOT = 'you | yourself | the robot | your base | the arm';

/** Reads where a thing is compared with others: "next to the blue cube", "between the two cubes", "furthest to the right". */
export function readRelation(r: Reader, lexicon: Lexicon, before: readonly Filter[]): readonly Filter[] | undefined {
  return readEnd(r, before) ?? readBetween(r, lexicon) ?? readCompared(r, lexicon, before);
}

/** Reads "in the middle", "from the left", "furthest to the right", "on the far left". */
function readEnd(r: Reader, before: readonly Filter[]): readonly Filter[] | undefined {
  return r.attempt(() => {
    if (r.accept('in the middle | in the center | at the center')) return [{ by: 'extreme', towards: 'middle' }];
    if (r.accept('at the front | in front | at the very front'))
      return r.sees('of') ? undefined : [{ by: 'extreme', towards: 'near' }];
    if (r.accept('at the back | in the back | at the rear')) return [{ by: 'extreme', towards: 'far' }];
    const ranked = before.find((filter) => filter.by === 'extreme' && filter.rank !== undefined);
    if (r.accept('from the | from | counting from the')) {
      const towards = r.lookup(PLACE_SIDES);
      const rank = ranked?.by === 'extreme' ? ranked.rank : undefined;
      return towards && rank !== undefined ? [{ by: 'extreme', towards, rank }] : undefined;
    }
    if (
      !r.accept(
        'furthest to the | farthest to the | further to the | farther to the | most to the | more to the | furthest | farthest | further | farther | on the far | at the far | ' +
          'furthest on the | farthest on the | further on the | more on the',
      )
    )
      return undefined;
    const towards = r.lookup(PLACE_SIDES);
    return towards && [{ by: 'extreme', towards }];
  });
}

function readBetween(r: Reader, lexicon: Lexicon): readonly Filter[] | undefined {
  return r.attempt(() => {
    if (!r.accept('in between | between')) return undefined;
    const anchors = readThingsList(r, lexicon);
    return anchors && [{ by: 'relation', relation: 'between', anchors }];
  });
}

function readCompared(r: Reader, lexicon: Lexicon, before: readonly Filter[]): readonly Filter[] | undefined {
  return r.attempt(() => {
    if (!r.sees('right of')) r.accept('directly | immediately | right');
    const found = RELATIONS.find(([, phrases]) => r.accept(phrases));
    const near = before.find(
      (filter) => filter.by === 'extreme' && (filter.towards === 'near' || filter.towards === 'far'),
    );
    const superlative =
      near?.by === 'extreme' && r.accept('to | from') ? (near.towards === 'near' ? 'nearest' : 'farthest') : undefined;
    const relation = found?.[0] ?? superlative;
    if (!relation) return undefined;
    const towards = relation === 'nearest' ? 'near' : 'far';
    if (r.accept(ROBOT)) return [{ by: 'extreme', towards }];
    const isBeside = relation === 'left of' || relation === 'right of';
    if (isBeside && r.accept('the other one | the other | its twin'))
      return [{ by: 'extreme', towards: relation === 'left of' ? 'left' : 'right' }];
    const anchor = readPlace(r, lexicon) ?? readThings(r, lexicon);
    if (anchor) return [{ by: 'relation', relation, anchors: [anchor] }];
    return found && (relation === 'farthest' || relation === 'nearest') ? [{ by: 'extreme', towards }] : undefined;
  });
}

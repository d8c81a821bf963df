import { TRAYS } from '../context/thing-words.ts';
import { isTrayNext, type Lexicon, refuseUnknown } from './lexicon.ts';
import type { Place } from './meaning.ts';
import { PLACE_SIDES } from './phrases.ts';
import type { Reader } from './reader.ts';

/** Prepositions of a destination. */
export const TO_PLACE = 'over on | over to | down on | onto | into | upon | on | to | in | at | toward';

/**
 * Reads a place: "the left tray", "the tray on the right", "the other one", "there", "the charging pad".
 * @param bare `side`: the side alone is a place too, as in "the cubes go left"
 * @throws {Refusal} on a place that is not known, after a preposition
 */
export function readPlace(r: Reader, lexicon: Lexicon, bare: 'side' | 'full' = 'full'): Place | undefined {
  return r.attempt(() => {
    const start = r.at;
    const place = (found: Omit<Place, 'is' | 'text'>): Place => ({ is: 'place', ...found, text: r.textFrom(start) });
    if (r.accept('over there | there | the same place | same place | the same tray | the same one | the same'))
      return place({ same: true });
    const determined = r.accept('the | a | an | that | this | its | any | one of the | my | your');
    const name = lexicon.places.find((each) => r.acceptWords(each.split(' ')));
    if (name !== undefined) return place({ name });
    const other = r.accept('other | opposite | second') !== undefined;
    if (other && (acceptTray(r) || r.accept('one | side'))) return place({ other });
    const side = isTrayNext(r, 1) || bare === 'side' || determined ? r.lookup(PLACE_SIDES) : undefined;
    if (side) {
      const isNamed = r.accept('hand side | hand one | side | one') !== undefined || acceptTray(r);
      if (isNamed || bare === 'side' || determined) return place({ side });
      return undefined;
    }
    if (!acceptTray(r)) return undefined;
    const toSide = r.attempt(() =>
      r.accept('on the | to the | at the | on your | on') ? r.lookup(PLACE_SIDES) : undefined,
    );
    if (toSide) {
      r.accept('hand side | side');
      return place({ side: toSide });
    }
    return place(determined === 'a' || determined === 'any' || determined === 'one of the' ? { any: true } : {});
  });
}

function acceptTray(r: Reader): boolean {
  r.accept('hand');
  const accepts = r.peek() !== undefined && TRAYS.has(r.peek()!);
  if (accepts) r.next();
  return accepts;
}

/**
 * Reads a preposition and a place.
 * @throws {Refusal} on a word that is not known after "on the" and the like
 */
export function readDestination(r: Reader, lexicon: Lexicon, prepositions = TO_PLACE): Place | undefined {
  return r.attempt(() => {
    r.accept('back | down | over');
    const there =
      r.accept('there') && !r.sees('is') ? ({ is: 'place', same: true, text: 'there' } as const) : undefined;
    // "over there, on the tray on the right" says it twice.
    const again = there && r.attempt(() => (r.accept(',') ? readDestination(r, lexicon, prepositions) : undefined));
    if (there) return again ?? there;
    if (!r.accept(prepositions)) return undefined;
    const found = readPlace(r, lexicon, 'side');
    if (found) return found;
    r.attempt(() => {
      r.accept('top of');
      if (r.accept('the | a | an | my | your | that')) refuseUnknown(r, lexicon);
      return undefined;
    });
    return undefined;
  });
}

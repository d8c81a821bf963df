import { isMain, isSeveral, repeated, saysWhatever, thingsIn } from './discourse.ts';
import { refuseRest } from './lexicon.ts';
import type { Action, Test } from './meaning.ts';
import { EXCLUDING } from './phrases.ts';
import { readClause } from './read-clause.ts';
import { conditionOf, IF, LINKS, readAlternative, readBody, readConditionFirst } from './read-conditional.ts';
import { readTest } from './read-test.ts';
import { isMarkToken, Reader, tokensOf } from './reader.ts';
import type { ClauseContext } from './rule.ts';

/** Words after a clause that add nothing to it. */
const TRAILING =
  'too | as well | again | instead | up | if you can | at last | and nothing else | nothing else | and nothing more';

/**
 * Reads a request into what it asks for, in order.
 * @throws {Refusal} on words that no rule reads
 */
export function readRequest(text: string, context: ClauseContext): readonly Action[] {
  const r = new Reader(tokensOf(text));
  const actions: Action[] = [];
  while (!r.isDone) {
    if (r.accept(LINKS) !== undefined) continue;
    const found = readStatement(r, context);
    if (!found) refuseRest(r, context.lexicon);
    for (const action of found) addAction(actions, action);
  }
  return actions;
}

/** Adds an action; a correction stands in the place of the action before it. */
function addAction(actions: Action[], action: Action): void {
  const last = actions.at(-1);
  if (action.do === 'again' && action.corrects && last && isMain(last)) actions.splice(-1, 1, repeated(last, action));
  else if (
    last?.do === 'take' &&
    action.do === 'put' &&
    (isSeveral(last.what) || last.what.some(saysWhatever)) &&
    action.what.every(({ pronoun }) => pronoun)
  )
    // "Pick up all cubes and put them on the left tray".
    actions.splice(-1, 1, { ...action, what: last.what });
  else actions.push(action);
}

function readStatement(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  return (
    readConditionFirst(r, context) ??
    r.attempt(() => readOrdered(r, context)) ??
    r.attempt(() => readWithCondition(r, context))
  );
}

/** Reads "before you lift the red cube, put ..." and "once the yellow cube is on the left tray, do ...". */
function readOrdered(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const order = r.accept(
    'before you | before | after you have | after you | after | once you have | once you | once | ' +
      'as soon as you have | as soon as you | as soon as | when you have',
  );
  if (!order) return undefined;
  const first = readClause(r, context);
  if (!first || !r.accept(', then | , | then')) return undefined;
  r.accept('first');
  const second = readBody(r, context);
  if (!second) return undefined;
  return order.startsWith('before') ? [...second, ...first] : [...first, ...second];
}

/** Reads a clause with a condition or an order after it: "... if it weighs less than the blue cube", "... unless it is heavy". */
function readWithCondition(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const isOnly = r.accept('only') !== undefined;
  const clause = readClause(r, context);
  if (!clause) return undefined;
  const conditional = r.attempt(() => {
    r.accept(',');
    const unless = r.accept('unless');
    if (!unless && !r.accept(IF)) return undefined;
    const found = readTest(r, context.lexicon);
    if (!found) return undefined;
    const test = withSubject(found, clause);
    // "Weigh it, if it is heavy put it there" has its condition before its clause.
    if (test.if === 'weight' && clause[0].do === 'weigh') return undefined;
    const alternative = readAlternative(r, context, test);
    return [{ do: 'if' as const, test: conditionOf(test, unless), consequent: clause, alternative }];
  });
  if (conditional) return conditional;
  if (isOnly) return undefined;
  const before = r.attempt(() => (r.accept('before you | before') ? readClause(r, context) : undefined));
  if (before) return [...clause, ...before];
  const after = r.attempt(() =>
    r.accept('after you have | after you | after | once you have | once') ? readClause(r, context) : undefined,
  );
  if (after) return [...after, ...clause];
  if (!r.sees('instead of')) r.accept(TRAILING);
  // What follows must begin another clause: words that no rule reads are not passed over.
  return r.isDone || isMarkToken(r.peek()!) || r.sees(LINKS, EXCLUDING) ? clause : undefined;
}

/**
 * A condition after its clause, in which "it" is the thing of the clause and "there" its place: "lift the red cube if it is light", "take it
 * off the left tray if it is there".
 */
function withSubject(test: Test, [clause]: readonly Action[]): Test {
  const [subject] = thingsIn(clause);
  if (!subject || !('things' in test) || !test.things?.pronoun) return test;
  const named = { ...test, things: subject };
  if (named.if !== 'on' || !named.place.same) return named;
  const place = clause.do === 'put' ? clause.where : subject.filters.find((filter) => filter.by === 'place')?.on;
  return place ? { ...named, place } : named;
}

import { isMain, repeated, thingsIn } from './discourse.ts';
import { refuseRest } from './lexicon.ts';
import type { Action, Test } from './meaning.ts';
import { EXCLUDING } from './phrases.ts';
import { readClause } from './read-clause.ts';
import { readTest, readTestQuestion } from './read-test.ts';
import { isMarkToken, Reader, tokensOf } from './reader.ts';
import type { ClauseContext } from './rule.ts';

/** Words between two clauses, which say that the second one comes later. */
const LINKS =
  ', | . | ? | and then | and after that | and | then | next | first of all | first | firstly | secondly | ' +
  'thirdly | after that | afterward | ' +
  'afterwards | after this | followed by | in that order | when you are finished | when you are done | ' +
  'once you are done | once you are finished | ' +
  'once that is done | when that is done | after which | so | but | later | in that case | that is all | ' +
  'that is it | way | yes | to begin | at the end | ' +
  'when done | meanwhile';
/** Words after a clause that add nothing to it. */
const TRAILING =
  'too | as well | again | instead | up | if you can | at last | and nothing else | nothing else | and nothing more';
const IF =
  'only if | but only if | if | in case | as long as | provided that | provided | when | whenever | should | ' +
  'given that | supposing | whether';
const OTHERWISE =
  'otherwise | or else | else | if not | if it is not | if it is not there | if that is not the case | ' +
  'if there is not | if there is none | if it does not';

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
  else actions.push(action);
}

function readStatement(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  return (
    r.attempt(() => readConditional(r, context)) ??
    r.attempt(() => readAsked(r, context)) ??
    r.attempt(() => readOrdered(r, context)) ??
    r.attempt(() => readWithCondition(r, context))
  );
}

/** Reads "if the red cube is heavy put it on the left tray, otherwise on the right one". */
function readConditional(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const unless = r.accept('unless');
  if (!unless && !r.accept(IF)) return undefined;
  const test = readTest(r, context.lexicon);
  if (!test) return undefined;
  r.accept(', then | then | , | that');
  const then = readBody(r, context);
  if (!then) return undefined;
  const otherwise = readOtherwise(r, context);
  return [{ do: 'if', test: unless ? { ...test, not: !test.not } : test, consequent: then, alternative: otherwise }];
}

/** Reads "is the yellow cube on the left tray? if not, put it there". */
function readAsked(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const test = readTestQuestion(r, context.lexicon);
  if (!test) return undefined;
  if (r.accept(OTHERWISE)) {
    r.accept(', | then');
    const then = readBody(r, context);
    return then && [{ do: 'if', test: { ...test, not: !test.not }, consequent: then, alternative: [] }];
  }
  if (!r.accept('if so | if yes | if it is | if there is | then | yes')) return undefined;
  r.accept(', | then');
  const then = readBody(r, context);
  return then && [{ do: 'if', test, consequent: then, alternative: readOtherwise(r, context) }];
}

/** Reads the alternative of a condition; none when there is none. */
const readOtherwise = (r: Reader, context: ClauseContext): readonly Action[] =>
  r.attempt(() => {
    r.accept(', and | , or | . and | , | . | and | or');
    if (!r.accept(OTHERWISE, 'in that case', 'if so')) return undefined;
    r.accept(', | then');
    return readBody(r, context);
  }) ?? [];

/**
 * Reads clauses that "and" joins. After "and then" another thing is another statement, which the condition does not hold for: "if the cube is
 * heavy, lift it and then put it on the tray", but "if the cube is heavy, lift it and then the brick goes left".
 */
function readBody(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const first = readClause(r, context);
  if (!first) return undefined;
  const actions = [...first];
  for (;;) {
    const next = r.attempt(() => {
      const link = r.accept('and then | and | then');
      const clause = link && !r.sees(IF) ? readClause(r, context) : undefined;
      if (!clause || r.sees(IF) || r.sees('unless')) return undefined;
      return link === 'and' || thingsIn(clause[0]).some(({ pronoun }) => pronoun) ? clause : undefined;
    });
    if (!next) return actions;
    actions.push(...next);
  }
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
  const clause = readClause(r, context);
  if (!clause) return undefined;
  const conditional = r.attempt(() => {
    r.accept(',');
    const unless = r.accept('unless');
    if (!unless && !r.accept(IF)) return undefined;
    const found = readTest(r, context.lexicon);
    if (!found) return undefined;
    const test = withSubject(found, clause);
    const otherwise = readOtherwise(r, context);
    return [
      {
        do: 'if' as const,
        test: unless ? { ...test, not: !test.not } : test,
        consequent: clause,
        alternative: otherwise,
      },
    ];
  });
  if (conditional) return conditional;
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

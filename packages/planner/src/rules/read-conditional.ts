import { aboutThingOf, thingsIn } from './discourse.ts';
import type { Action, Test } from './meaning.ts';
import { WEIGHTS } from './phrases.ts';
import { readClause } from './read-clause.ts';
import { readPlace } from './read-place.ts';
import { readTest, readTestQuestion } from './read-test.ts';
import { readThings } from './read-things.ts';
import { isMarkToken, Reader } from './reader.ts';
import { type ClauseContext, IT } from './rule.ts';

/** Words between two clauses, which say that the second one comes later. */
export const LINKS =
  ', | . | ? | and then | and after that | and | then | next | first of all | first | firstly | secondly | ' +
  'thirdly | after that | afterward | ' +
  'afterwards | after this | followed by | in that order | when you are finished | when you are done | ' +
  'once you are done | once you are finished | ' +
  'once that is done | when that is done | after which | so | but | later | in that case | that is all | ' +
  'that is it | way | yes | to begin | at the end | ' +
  'when done | meanwhile | once this is done | when this is done | as the next step | as a next step | as a last step | next up | in addition | additionally | ' +
  'subsequently | thereafter | following that | moreover | furthermore | plus | while | whereas | in the end | and lastly | depending on its weight | ' +
  'depending on how heavy it is | once finished | when finished | once that is finished | once done';
/** Words before a condition. */
export const IF =
  'only if | but only if | if and only if | if | in case | as long as | provided that | provided | when | only when | but only when | whenever | should | ' +
  'given that | supposing | suppose | assuming that | assuming | on condition that | whether';
/** Words before the alternative of a condition. */
const OTHERWISE =
  'otherwise | or otherwise | or else | else | if not | if it is not | if it is not there | if that is not the case | failing that | ' +
  'if there is not | if there is none | if it does not';

/** Reads "if the red cube is heavy put it on the left tray, otherwise on the right one". */
function readConditional(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const unless = r.accept('unless');
  if (!unless && !r.accept(IF)) return undefined;
  const test = readTest(r, context.lexicon);
  if (!test) return undefined;
  r.accept(', then | then | , | that');
  r.accept('should | shall | must');
  const then = readBody(r, context);
  if (!then) return undefined;
  const about = test.if === 'weight' && test.bare ? aboutThingOf(test, then) : test;
  const alternative = readAlternative(r, context, about);
  return [{ do: 'if', test: conditionOf(about, unless), consequent: then, alternative }];
}

/** The condition of "if", or the contrary one of "unless". */
export const conditionOf = (test: Test, unless: string | undefined): Test =>
  unless ? { ...test, not: !test.not } : test;

/** Reads "check whether the red cube is heavy; if so, put it on the left tray", and "... and put it on the left tray if so". */
function readChecked(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const checks =
    'check whether | check if | see whether | see if | find out whether | find out if | test whether | test if | determine whether | determine if | tell whether | feel whether | feel if | lift it to see if';
  if (!r.accept(checks)) return undefined;
  const test = readTest(r, context.lexicon);
  if (!test) return undefined;
  const isSo =
    'if so | if it is | if yes | if that is the case | in that case | if this is the case | if it does | then';
  const link = () => r.accept(', and | . and | , | . | and | ?');
  const before = r.attempt(() => {
    link();
    if (!r.accept(isSo)) return undefined;
    r.accept(', | then');
    return readBody(r, context);
  });
  const then =
    before ??
    r.attempt(() => {
      link();
      const body = readBody(r, context);
      return body && r.accept(isSo) ? body : undefined;
    });
  return then && [{ do: 'if', test, consequent: then, alternative: readAlternative(r, context, test) }];
}

/** Reads "heavy means the left tray, light means the right tray". */
function readMeans(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const one = () => {
    const weight = r.lookup(WEIGHTS);
    if ((weight !== 'heavy' && weight !== 'light') || !r.accept('means | means that it goes on')) return undefined;
    const where = readPlace(r, context.lexicon, 'side');
    return where && { weight, where };
  };
  const first = one();
  if (!first) return undefined;
  const second = r.attempt(() => {
    r.accept(', and | , | . | and');
    return one();
  });
  const put = ({ where }: NonNullable<typeof first>): Action => ({ do: 'put', what: [IT], where });
  const test: Test = { if: 'weight', things: IT, weight: first.weight, not: false };
  return [{ do: 'if', test, consequent: [put(first)], alternative: second ? [put(second)] : [] }];
}

/** Reads "the red cube, if heavy, goes on the left tray". */
function readParenthesis(r: Reader, context: ClauseContext): readonly Action[] | undefined {
  const start = r.at;
  const things = readThings(r, context.lexicon);
  if (!things || !r.accept(',')) return undefined;
  const from = r.at;
  const unless = r.accept('unless');
  const test = unless || r.accept(IF) ? readTest(r, context.lexicon) : undefined;
  if (!test || !('things' in test) || !test.things?.pronoun || !r.accept(',')) return undefined;
  const sentence = new Reader([...r.tokens.slice(start, from - 1), ...r.tokens.slice(r.at)]);
  const clause = readClause(sentence, context);
  if (!clause) return undefined;
  r.at += sentence.at - (from - 1 - start);
  const about: Test = { ...test, things };
  return [{ do: 'if', test: conditionOf(about, unless), consequent: clause, alternative: readOtherwise(r, context) }];
}

/** Reads the alternative of a condition, in either form; none when there is none. */
export const readAlternative = (r: Reader, context: ClauseContext, test: Test): readonly Action[] =>
  readOpposite(r, context, test) ?? readOtherwise(r, context);

/**
 * Reads the other outcome of a weight that is said as a condition of its own: "..., if it is light on the right tray", "... and on the right tray if it
 * is light".
 */
const readOpposite = (r: Reader, context: ClauseContext, test: Test): readonly Action[] | undefined =>
  r.attempt(() => {
    if (test.if !== 'weight') return undefined;
    acceptAlternative(r);
    const isOpposite = (found: Test | undefined): boolean =>
      found?.if === 'weight' &&
      (found.things.pronoun === true || found.things.text === test.things.text) &&
      (found.weight !== test.weight) !== (found.not !== test.not);
    const first = r.attempt(() => {
      if (!r.accept(IF)) return undefined;
      if (!isOpposite(readTest(r, context.lexicon))) return undefined;
      r.accept(', then | , | then');
      return readSide(r, context) ?? readBody(r, context);
    });
    if (first) return first;
    const body = readSide(r, context) ?? readBody(r, context);
    return body && r.accept(IF) && isOpposite(readTest(r, context.lexicon)) ? body : undefined;
  });

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

/** Reads what follows "otherwise", or stands before it; none when there is none. */
const readOtherwise = (r: Reader, context: ClauseContext): readonly Action[] =>
  r.attempt(() => {
    acceptAlternative(r);
    if (!r.accept(OTHERWISE, 'in that case', 'in which case', 'if so')) return undefined;
    r.accept(', | then');
    return readSide(r, context) ?? readBody(r, context);
  }) ??
  r.attempt(() => {
    acceptAlternative(r);
    const body = readSide(r, context) ?? readBody(r, context);
    return body && r.accept(OTHERWISE) ? body : undefined;
  }) ??
  [];

/** Reads "left" in "..., otherwise left": a side alone is a tray, and no motion of the arm. */
const readSide = (r: Reader, { lexicon }: ClauseContext): readonly Action[] | undefined =>
  r.attempt(() => {
    const where = readPlace(r, lexicon, 'side');
    const isAlone = r.isDone || isMarkToken(r.peek()!) || r.sees(IF, OTHERWISE, LINKS);
    return where && isAlone ? [{ do: 'again', where }] : undefined;
  });

const acceptAlternative = (r: Reader): void => void r.accept(', and | , or | , but | . and | , | . | and | or | but');

/**
 * Reads clauses that "and" joins. After "and then" another thing is another statement, which the condition does not hold for: "if the cube is
 * heavy, lift it and then put it on the tray", but "if the cube is heavy, lift it and then the brick goes left".
 */
export function readBody(r: Reader, context: ClauseContext): readonly Action[] | undefined {
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

/** Reads a statement with a condition before its clause, or in it. */
export const readConditionFirst = (r: Reader, context: ClauseContext): readonly Action[] | undefined =>
  r.attempt(() => readConditional(r, context)) ??
  r.attempt(() => readChecked(r, context)) ??
  r.attempt(() => readMeans(r, context)) ??
  r.attempt(() => readParenthesis(r, context)) ??
  r.attempt(() => readAsked(r, context));

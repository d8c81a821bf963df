import type { Token } from './tokens.ts';
import { VERBS } from './words.ts';

/** What an instruction says of a mention: it is meant, ruled out, or only named beside others. */
export type Stance = 'meant' | 'ruled out' | 'named';

/** The stance towards each token (undefined for words), and whether anything was ruled out. */
export interface Stances {
  readonly of: readonly (Stance | undefined)[];
  /** True when words rule something out, whatever it is. */
  readonly excludes: boolean;
  /** Words of what is asked for: those outside of what is ruled out. */
  readonly asked: readonly string[];
  /** The word of a condition, such as "unless"; undefined without one. */
  readonly condition?: string;
}

const phrases = (text: string): readonly (readonly string[])[] =>
  text
    .split(' | ')
    .map((phrase) => phrase.split(' '))
    .sort((a, b) => b.length - a.length);

/** Phrases that rule out what follows. */
const OUT = phrases(
  'do not | does not | should not | must not | not | never | no | without | neither | nor | none of | instead of | rather than | better than | than | ' +
    'in place of | in lieu of | leave out | leave | forget about | forget | ignore | disregard | skip | avoid | avoiding | spare | never mind | never mind about | ' +
    'except for | except | excepting | excluding | apart from | aside from | other than | besides | but not | and not | ' +
    'anything but | everything but | all but | of any color but | any color but | whatever but | ' +
    'keep away from | stay away from | keep clear of | stay clear of | keep off | stay off | keep your fingers off | hands off | refrain from | beware of | exclude | ' +
    'changed my mind about | change my mind about | no longer want | put off | hold off on | cancel | swap | exchange | replace | as opposed to | opposed to | in preference to',
);
/** Phrases with a word of {@link OUT} that rule out no mention. */
const HARMLESS = phrases('nothing else | nothing but | nothing more | no one else | no wait');
/** Phrases of politeness. */
const POLITE = phrases(
  'do not mind | would not mind | not mind | no trouble | not too much trouble | not too much | no bother | no hurry | no rush | no problem | not in a hurry | not busy',
);
/** Words of the phrases, which are no unknown ones. */
export const SCOPE_WORDS: ReadonlySet<string> = new Set(
  [...OUT, ...HARMLESS, ...POLITE]
    .flat()
    .concat(
      'stays waits remains rests be spared skipped ignored prefer over to forbidden prohibited banned excluded taboo'.split(
        ' ',
      ),
    ),
);
/** Double negations, which are not read. */
const BAFFLING =
  /\b(do not|never|not) (forget|ignore|skip|leave|avoid|disregard|spare|exclude|omit)\b|\bnot only\b|\bnot (un\w+)\b/;
/** What is said of something that is ruled out, after its mention. */
const STAYS = '(?:stay|stays|wait|waits|remain|remains|rest|rests|be left|be skipped|be ignored|be spared)';
const RULED_OUT_BEHIND = [
  `(?: and # )? (?:can |may |should |must |shall |will |has to |have to |is to |needs to )*${STAYS}\\b`,
  ' is (?:the )?wrong\\b',
  ' (?:is|are) (?:not(?! #)|no longer|off limits|out of|none|forbidden|prohibited|banned|excluded|taboo)\\b',
  ' should not\\b',
  ' (?:does|do|did) not\\b',
  '(?: ,| \\.| and)?(?: please)? (?:do|does|should|must) not \\w+ (?:it|that|them)\\b',
  '(?: ,| \\.| and)?(?: please)? (?:leave|ignore|skip|avoid|forget|forget about|spare) (?:it|that|them)\\b',
];
const BEHIND = new RegExp(`^(?:${RULED_OUT_BEHIND.join('|')})`);

/**
 * Decides which mentions of an instruction are meant and which ones are ruled out: words such as "not" and "leave" rule out what follows them
 * up to the end of their scope (Chapman et al.: A simple algorithm for identifying negated findings and diseases in discharge summaries,
 * 2001). A scope ends at a mark, "but", "and" before no further mention, or the next verb. A list, "the red, the blue or the green one", is one mention.
 * @returns undefined for a double negation
 */
export function stancesIn(tokens: readonly Token[]): Stances | undefined {
  const words = withoutCourtesies(tokens.map((token) => (typeof token === 'string' ? token : '#')));
  if (BAFFLING.test(words.join(' '))) return undefined;
  const of: (Stance | undefined)[] = words.map(() => undefined);
  const beside = namedBeside(words);
  /** `open`: a scope without a mention so far. */
  let scope: 'none' | 'open' | 'filled' = 'none';
  let [cue, excludes] = ['', beside.size > 0];
  const asked: string[] = [];
  for (let i = 0; i < words.length; ) {
    const courtesy = phraseAt(POLITE, words, i);
    if (courtesy > 0) {
      i += courtesy;
      continue;
    }
    const harmless = phraseAt(HARMLESS, words, i);
    if (harmless > 0) {
      excludes = true;
      i += harmless;
      continue;
    }
    const out = phraseAt(OUT, words, i);
    if (out > 0) {
      [scope, cue, excludes] = ['open', words.slice(i, i + out).join(' '), true];
      i += out;
      continue;
    }
    if (words[i] === '#') {
      of[i] = beside.has(i) ? 'named' : scope === 'none' ? 'meant' : 'ruled out';
      if (scope === 'open') scope = 'filled';
      if (BEHIND.test(` ${words.slice(i + 1).join(' ')}`) || isLet(words, i) || isNotTheOne(tokens, i)) {
        excludes = true;
        of[i] = 'ruled out';
        if (words[i - 1] === 'and' && words[i - 2] === '#') of[i - 2] = 'ruled out';
      }
    } else if (endsScope(words, i, scope, cue)) scope = 'none';
    else if (scope === 'open' && /^(it|them)$/.test(words[i])) scope = 'filled';
    if (scope === 'none') asked.push(words[i]);
    i++;
  }
  const condition = conditionIn(words);
  return { of, excludes, asked, ...(condition === undefined ? {} : { condition }) };
}

const CONDITION = /^(if|when|whenever|once|unless|until|while|after|as)$/;
/** Words of clauses such as "if it is not too much trouble" and "when you get a chance". */
const COURTEOUS = new Set(
  (
    'it is it that are be not no too much big trouble bother problem you your a an the have has get got find find moment minute second chance time ' +
    'ready free able would could can may might do does mind like please possible convenient kind okay ok fine all right so to for me us soon as willing at'
  ).split(' '),
);

/** The word of a condition that is no courtesy; a button is pressed "until it clicks". */
function conditionIn(words: readonly string[]): string | undefined {
  return words.find((word, i) => {
    if (word === 'until') return words[i + 2] !== 'clicks';
    if (word === 'unless') return true;
    if (!/^(if|when|whenever|once|while|after)$/.test(word)) return false;
    const rest = words.slice(i + 1);
    const end = rest.findIndex((each) => /^[,.]?$/.test(each));
    return !(end < 0 ? rest : rest.slice(0, end)).every((each) => COURTEOUS.has(each));
  });
}

/** The words with a blank in the place of each word of a clause such as "if it is not too much trouble", which names nothing. */
function withoutCourtesies(words: readonly string[]): readonly string[] {
  const kept = [...words];
  for (let start = 0; start < words.length; ) {
    const ends = words.findIndex((word, i) => i >= start && /^[,.]$/.test(word));
    const end = ends < 0 ? words.length : ends;
    const clause = words.slice(start, end);
    const isCourtesy = CONDITION.test(clause[0] ?? '') && clause.slice(1).every((word) => COURTEOUS.has(word));
    if (isCourtesy) kept.fill('', start, end);
    start = end + 1;
  }
  return kept;
}

/** Number of words of the longest phrase that begins at a place; 0 when none does. */
function phraseAt(all: readonly (readonly string[])[], words: readonly string[], at: number): number {
  return all.find((phrase) => phrase.every((word, k) => words[at + k] === word))?.length ?? 0;
}

/** True before "is not the one". */
const isNotTheOne = (tokens: readonly Token[], at: number): boolean => {
  const [is, not, one] = tokens.slice(at + 1, at + 4);
  return is === 'is' && not === 'not' && typeof one === 'object' && Object.keys(one.says).length === 0;
};

const isLet = (words: readonly string[], at: number): boolean =>
  words[at - 1] === 'let' && new RegExp(`^(be|alone|${STAYS})$`).test(words[at + 1] ?? '');

function endsScope(words: readonly string[], at: number, scope: 'none' | 'open' | 'filled', cue: string): boolean {
  const word = words[at];
  if (scope === 'none') return false;
  if (word === '.' || word === 'but') return true;
  if (/^(swap|exchange|replace)$/.test(cue) && /^(for|with|by)$/.test(word)) return true;
  if (scope === 'open') return word === ',' && cue === 'no';
  if (word === ',') return !continuesList(words, at);
  if (word === 'and' || word === 'or') return words[at + 1] !== '#';
  return word === 'then' || word === 'i' || word === 'please' || word === 'always' || VERBS.has(word);
}

/** True for the comma of "not the red one, the blue one or the green one". */
function continuesList(words: readonly string[], comma: number): boolean {
  let at = comma;
  for (; words[at] === ',' && words[at + 1] === '#'; at += 2);
  if (words[at] === ',') at++;
  return /^(and|or|nor)$/.test(words[at] ?? '') && words[at + 1] === '#';
}

/** The two of "between the red one and the blue one take the red one", and the last of "I prefer the red one to the blue one" is no wish. */
function namedBeside(words: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [i, word] of words.entries()) {
    const isChoice = (word === 'between' || word === 'of') && (i === 0 || /^[,.]$/.test(words[i - 1]));
    if (isChoice && words[i + 1] === '#' && words[i + 2] === 'and' && words[i + 3] === '#') {
      found.add(i + 1);
      found.add(i + 3);
    }
    if (
      /^(prefer|choose|favor|want|rather)/.test(word) &&
      words[i + 1] === '#' &&
      /^(to|over)$/.test(words[i + 2] ?? '') &&
      words[i + 3] === '#'
    )
      found.add(i + 3);
  }
  return found;
}

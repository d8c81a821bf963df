import { wordsIn } from '@praxis/teleop';
import { COLOURS, TRAYS } from '../context/thing-words.ts';
import { type Description, joinDescriptions } from './goal.ts';
import { descriptionOf, ENDS, GENERIC, KINDS } from './words.ts';

/** A thing, a tray or a manner that an instruction speaks of. */
export interface Mention {
  readonly says: Description;
  /** End of the scene that it lies at, as seen from the robot. */
  readonly end?: 'left' | 'right' | 'near' | 'far';
  /** Rank from that end. Default: 1. */
  readonly rank?: number;
  /** A thing, rather than a tray or a manner. */
  readonly isThing: boolean;
}

/** A word, a mark (`,` for a pause, `.` for an end), or what the instruction speaks of. */
export type Token = string | Mention;

const MARKS = /([.!?;:,]+(?=\s|$)|\s+[-–—]+\s+|[–—])/;
const DETERMINERS = new Set('the a an that this any some whichever every'.split(' '));
const RANKS: ReadonlyMap<string, number> = new Map([
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
]);

/** Words and marks of a text, in the spelling of the command language. */
export const wordsAndMarks = (text: string): readonly string[] =>
  text
    .replace(/(\p{L})['’]s\b/gu, '$1 is')
    .replace(/\b(anything|everything|all|whatever|any colou?r) but\b/gi, '$1 except')
    .replace(/\b(\w+) (?:that|which) weighs (?:the )?(?:more|most)\b/gi, 'heavy $1')
    .replace(/\b(\w+) (?:that|which) weighs (?:the )?(?:less|least)\b/gi, 'light $1')
    .replace(/\bless heavy\b/gi, 'light')
    .replace(/\bmost distant\b/gi, 'farthest')
    .replace(/\bneighbour/gi, 'neighbor')
    .split(MARKS)
    .flatMap((part) => {
      if (!MARKS.test(part) || part.trim() === '') return wordsIn(part);
      return [/[.!?;]/.test(part) ? '.' : ','];
    });

/** Joins the words that name something to mentions. */
export function mentionsIn(words: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < words.length; ) {
    const found = readMention(words, i);
    tokens.push(found ? found.mention : words[i]);
    i = found ? found.next : i + 1;
  }
  return tokens;
}

interface Found {
  readonly mention: Mention;
  /** Index of the word after it. */
  readonly next: number;
}

function readMention(words: readonly string[], start: number): Found | undefined {
  const manner = descriptionOf(words[start])?.manner;
  if (manner) return { mention: { says: { manner }, isThing: false }, next: start + 1 };
  let at = start;
  if (DETERMINERS.has(words[at])) at++;
  return readTray(words, at) ?? readThing(words, at, at > start);
}

/** "left tray", "tray on the left". */
function readTray(words: readonly string[], at: number): Found | undefined {
  const side = words[at];
  if (isSide(side)) {
    const noun = words[at + 1] === 'hand' ? at + 2 : at + 1;
    if (TRAYS.has(words[noun])) return { mention: { says: { side }, isThing: false }, next: noun + 1 };
  }
  if (!TRAYS.has(words[at])) return undefined;
  const after = ['that', 'which'].includes(words[at + 1]) && words[at + 2] === 'is' ? at + 3 : at + 1;
  const [joint, the, where] = words.slice(after, after + 3);
  if ((joint === 'on' || joint === 'to' || joint === 'at') && the === 'the' && isSide(where))
    return { mention: { says: { side: where }, isThing: false }, next: after + 3 };
  return { mention: { says: {}, isThing: false }, next: at + 1 };
}

function readThing(words: readonly string[], from: number, isDetermined: boolean): Found | undefined {
  let says: Description = {};
  let [end, rank]: [Mention['end'], number | undefined] = [undefined, undefined];
  let at = from;
  let isNamed = false;
  for (; at < words.length; at++) {
    const word = words[at];
    const more = descriptionOf(word);
    const adjective = more && !more.kind && !more.manner ? joinDescriptions(says, more) : undefined;
    if (adjective) {
      says = adjective;
      isNamed = true;
    } else if (isDetermined && ENDS.has(word)) {
      end = ENDS.get(word);
      isNamed = true;
    } else if (RANKS.has(word) && isNominal(words[at + 1])) rank = RANKS.get(word);
    else if (!((word === 'other' || word === 'last' || word === 'remaining') && isNominal(words[at + 1]))) break;
  }
  // "Can" is a verb before all, and a cylinder behind "the".
  const kind = words[at] === 'can' && !isDetermined ? undefined : KINDS.get(words[at]);
  if (kind !== undefined || GENERIC.has(words[at])) {
    says = kind === undefined ? says : { ...says, kind };
    at++;
    isNamed = true;
  }
  if (!isNamed) return undefined;
  // "the cube that is red", "the cube colored red", "the cube in red".
  const colour =
    /^(that|which) is$/.test(words.slice(at, at + 2).join(' ')) && COLOURS.has(words[at + 2])
      ? at + 2
      : /^(colored|in)$/.test(words[at]) && COLOURS.has(words[at + 1])
        ? at + 1
        : undefined;
  const joined = colour === undefined ? undefined : joinDescriptions(says, descriptionOf(words[colour])!);
  const mention = { says: joined ?? says, isThing: true, ...(end ? { end } : {}), ...(rank ? { rank } : {}) };
  return { mention, next: joined ? colour! + 1 : at };
}

const isSide = (word: string | undefined): word is 'left' | 'right' => word === 'left' || word === 'right';
const isNominal = (word: string | undefined): boolean =>
  word !== undefined && (GENERIC.has(word) || KINDS.has(word) || COLOURS.has(word));

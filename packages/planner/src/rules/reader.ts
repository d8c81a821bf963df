import { wordsIn } from '@praxis/teleop';

/** Phrases without a meaning for a plan. */
const FILLERS =
  'would you be so kind as to | would you be so good as to | would you be kind enough to | be so kind as to | be kind enough to | do me a favor and | ' +
  'i was wondering if you could | i wonder if you could | i was hoping you could | i would be grateful if you could | i would be very grateful if you could | ' +
  'i would appreciate it if you could | i would appreciate it if you would | i would really appreciate it if you could | i would love it if you could | ' +
  'i would really like you to | i would love you to | i would be happy if you could | may i ask you to | might i ask you to | could i ask you to | ' +
  'can i ask you to | could i trouble you to | do you think you could | is there any chance you could | any chance you could | ' +
  'it would be great if you could | it would be nice if you could | it would be lovely if you could | it would be wonderful if you could | ' +
  'it would be very kind of you to | if it is not too much trouble | if it is no trouble | if that is ok | if that is okay | if that is all right | ' +
  'when you are ready | whenever you are ready | when you have a moment | when you have time | when you get a chance | when you have a second | ' +
  'when you have a minute | whenever you like | if you have a moment | if you have time | if you could | at your convenience | ' +
  'so that i can see it | so i can see it | so that i can have a look at it | so i can have a look at it | very much | so much | many thanks | ' +
  'good morning | good afternoon | good evening | my friend | dear robot | from the table | from the tabletop | from the desk | from the bench | ' +
  'if you do not mind | if you would | if you please | if possible | would you mind | i want you to | ' +
  'i need you to | i would like you to | you have to | go ahead and | go and | could you | can you | would you | ' +
  'will you | you should | you must | you may | let us | try to | thank you | for me | start by | start with | ' +
  'begin with | i think | you know | with your gripper | with the gripper | no no | no wait | straight away | ' +
  'right away | right now | please | uh | uhm | um | er | ah | hmm | okay | ok | well | kindly | just | ' +
  'now | thanks | hey | robot | praxis | really | simply | sorry | wait no | gently | carefully | softly | ' +
  'slowly | safely | possibly | excuse me | pardon me | maybe | perhaps | actually | finally | lastly | also | oh | hello | hi | alright | precisely';

/** Verbs of "would you mind picking up the cube" and "without touching the brick". */
const GERUNDS: ReadonlyMap<string, string> = new Map(
  'pick lift grab fetch weigh touch sort'
    .split(' ')
    .map((verb) => [`${verb}ing`, verb] as const)
    .concat([
      ['grabbing', 'grab'],
      ['taking', 'take'],
      ['putting', 'put'],
      ['placing', 'place'],
      ['getting', 'get'],
      ['bringing', 'bring'],
      ['using', 'use'],
    ]),
);

/** A mark between clauses. */
const MARKS = /([.!?;:,]+(?=\s|$)|\s+[-–—]+\s+|[–—])/;

/**
 * Words and marks of a sentence: lower case, in the spelling of the command language, without words that mean nothing to a plan. A mark
 * is `,` for a pause, `.` for the end of a sentence and `?` for that of a question.
 */
export function tokensOf(text: string): readonly string[] {
  const tokens = text
    .replace(/(\p{L})['’]s\b/gu, '$1 is')
    .replace(/\bas well as\b/gi, 'and')
    .split(MARKS)
    .flatMap((part) => {
      if (!MARKS.test(part) || part.trim() === '') return withoutPhrases(wordsIn(part));
      return [/\?/.test(part) ? '?' : /[.!;]/.test(part) ? '.' : ','];
    });
  const plain = tokens.map((token) => GERUNDS.get(token) ?? token);
  const isMark = (token: string | undefined): boolean => token === undefined || isMarkToken(token);
  return plain.filter((token, i) => token !== plain[i - 1] && !(isMarkToken(token) && isMark(plain[i - 1])));
}

/** True for a mark between clauses. */
export const isMarkToken = (token: string): boolean => token === ',' || token === '.' || token === '?';

function withoutPhrases(words: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let i = 0; i < words.length; ) {
    const filler = phrasesOf(FILLERS).find((phrase) => phrase.every((word, k) => words[i + k] === word));
    if (filler) i += filler.length;
    else kept.push(words[i++]);
  }
  return kept;
}

const compiled = new Map<string, readonly (readonly string[])[]>();

/** The alternatives of a text of the rules as words, longest first. */
function phrasesOf(text: string): readonly (readonly string[])[] {
  let phrases = compiled.get(text);
  if (!phrases) {
    phrases = text
      .split(' | ')
      .map((phrase) => phrase.split(' '))
      .sort((a, b) => b.length - a.length);
    compiled.set(text, phrases);
  }
  return phrases;
}

/** Reads tokens from left to right, with a way back. */
export class Reader {
  readonly tokens: readonly string[];
  at = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  get isDone(): boolean {
    return this.at >= this.tokens.length;
  }

  /** The token at an offset from here. */
  peek(offset = 0): string | undefined {
    return this.tokens[this.at + offset];
  }

  /** Takes the next token. */
  next(): string {
    return this.tokens[this.at++];
  }

  /** True when one of these phrases follows, see {@link accept}. */
  sees(...alternatives: readonly string[]): boolean {
    return this.#longest(alternatives) !== undefined;
  }

  /** Takes the longest of these phrases that follows. `|` stands between alternatives: `pick up | lift`. */
  accept(...alternatives: readonly string[]): string | undefined {
    const found = this.#longest(alternatives);
    if (found) this.at += found.length;
    return found?.join(' ');
  }

  /** Takes words that follow one after another. */
  acceptWords(words: readonly string[]): boolean {
    const follows = words.every((word, i) => this.peek(i) === word);
    if (follows) this.at += words.length;
    return follows;
  }

  #longest(alternatives: readonly string[]): readonly string[] | undefined {
    let longest: readonly string[] | undefined;
    const first = this.peek();
    for (const text of alternatives) {
      const found = phrasesOf(text).find(
        (words) => words[0] === first && words.every((word, i) => this.peek(i) === word),
      );
      if (found && found.length > (longest?.length ?? 0)) longest = found;
    }
    return longest;
  }

  /** Takes the value of the next word in a table. */
  lookup<T>(table: ReadonlyMap<string, T>): T | undefined {
    const token = this.peek();
    const value = token === undefined ? undefined : table.get(token);
    if (value !== undefined) this.at++;
    return value;
  }

  /** Runs a rule, and goes back when it reads nothing. */
  attempt<T>(rule: () => T | undefined): T | undefined {
    const start = this.at;
    const value = rule();
    if (value === undefined) this.at = start;
    return value;
  }

  /** The words from a position to here. */
  textFrom(start: number): string {
    return this.tokens.slice(start, this.at).join(' ');
  }
}

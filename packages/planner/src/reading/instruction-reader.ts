import type { PlannerContext, SeenThing } from '../context/context.ts';
import { choice } from '../rules/answer.ts';
import { matchThings } from '../rules/match-things.ts';
import { isOneLetterOff } from '../rules/spelling.ts';
import { COMMAND_FORMS, type CommandForm } from './command-forms.ts';
import { type Description, joinDescriptions } from './goal.ts';
import { type Choice, choicesIn } from './relations.ts';
import { isSeenKind, isWhat, mayBe, nameOf, sceneOf, thingsOf } from './scene.ts';
import { SCOPE_WORDS, type Stance, stancesIn } from './scope.ts';
import { type Mention, mentionsIn, type Token, wordsAndMarks } from './tokens.ts';
import { type Guess, guessUnknown } from './unknown-words.ts';
import { contentWords, isKnownToReading, VERBS } from './words.ts';

/**
 * What an instruction means to a policy of single commands. `meant`: the plain wording of what it asks for. `as it is`: nothing in it needs to be
 * read, and the policy gets it unchanged. `question`: it may mean several things. `refusal`: it is not carried out.
 */
export type Reading =
  | { readonly kind: 'meant'; readonly text: string; readonly goal: Description }
  | { readonly kind: 'as it is'; readonly text: string }
  | {
      readonly kind: 'question';
      readonly question: string;
      /** The instruction that "yes" gives, of a question about an unknown word. */
      readonly ifYes?: string;
    }
  | { readonly kind: 'refusal'; readonly reason: string };

/** Options of {@link InstructionReader}. */
export interface InstructionReaderOptions {
  /** Tasks that the policy was trained for: it is asked for nothing else. */
  readonly tasks: readonly string[];
  /** Words of the policy, which are no unknown ones. Default: none. */
  readonly words?: readonly string[];
}

/** What a reading depends on beside the text. */
export interface ReadingScene {
  /** What the cameras see; undefined where nothing finds things in their pictures. */
  readonly context?: PlannerContext;
  /** What was meant before, for "no, the blue one". Default: nothing. */
  readonly previous?: Description;
  /** What "yes" means: `ifYes` of the question before. Default: nothing, and "yes" is an instruction like any other. */
  readonly offered?: string;
}

/** A question or a refusal, from deep inside a reading. */
class Answer extends Error {
  readonly reading: Reading;

  constructor(reading: Reading) {
    super();
    this.reading = reading;
  }
}
const ask = (question: string): never => {
  throw new Answer({ kind: 'question', question });
};
const refuse = (reason: string): never => {
  throw new Answer({ kind: 'refusal', reason });
};

/** Answers that take what was asked about. */
const YES =
  /^\W*(yes|yeah|yep|sure|right|exactly|correct|ok|okay)\b[\s,.!]*(please|i do|it is|that is right|do it)?[\s.!]*$/i;
/** Letters from which on a misspelt word is read. */
const MIN_LETTERS = 4;

/**
 * Reads an instruction before it goes to a policy of single commands. Negation, contrast and relation become the plain wording of the one
 * thing that is meant, by the words alone or by what the cameras see; an instruction without them that is read in full becomes plain too, and any
 * other one stays as it is, for the policy to follow or to refuse. One that rules something out and is not read never reaches the policy.
 *
 * @example
 * const reader = new InstructionReader({ tasks: ['press'] });
 * reader.read('not the red button, the green one'); // { kind: 'meant', text: 'press the green button', ... }
 */
export class InstructionReader {
  readonly #forms: readonly CommandForm[];
  readonly #words: ReadonlySet<string>;
  readonly #content = contentWords().filter((word) => word.length >= MIN_LETTERS);

  constructor({ tasks, words = [] }: InstructionReaderOptions) {
    this.#forms = COMMAND_FORMS.filter(({ task }) => tasks.includes(task));
    this.#words = new Set(words);
  }

  /** Reads an instruction. It never throws, whatever the text. */
  read(text: string, scene: ReadingScene = {}): Reading {
    try {
      const isYes = scene.offered !== undefined && YES.test(text);
      return this.#read(isYes ? scene.offered! : text, scene);
    } catch (error) {
      if (error instanceof Answer) return error.reading;
      throw error;
    }
  }

  #read(text: string, scene: ReadingScene): Reading {
    const words = wordsAndMarks(text).map((word) => this.#spelled(word));
    const tokens = mentionsIn(words);
    const stances = stancesIn(tokens);
    if (!stances) return refuse(`"${text}" denies twice: say what you want in plain words`);
    const choices = choicesIn(tokens);
    const needsReading = stances.excludes || choices.length > 0;
    const unknown = words.filter((word) => !this.#isKnown(word));
    const { asked, condition } = stances;
    const question = this.#askAbout(guessUnknown(words, unknown), scene);
    if (question) return question;
    if (condition === 'unless') return refuse('"unless" is a condition that I do not judge');
    if (!needsReading)
      return this.#readPlain(text, tokens, words, scene, condition === undefined && unknown.length === 0);
    if (condition !== undefined) return refuse(`"${condition}" is a condition that I do not judge`);
    if (unknown.length > 0) return refuse(`I don't know ${unknown[0]}`);
    const parts = partsOf(tokens, stances.of, choices);
    const said = parts.meant.reduce<Description | undefined>((all, { says }) => all && joinDescriptions(all, says), {});
    if (!said) return ask(`Which one do you mean: ${namesOf(parts.meant)}?`);
    const isAnyThing = asked.some((word) => /^(what|whatever|whichever)$/.test(word));
    if (parts.meant.length === 0 && !isAnyThing && (choices.length === 0 || parts.ruledOut.length > 0))
      return refuse(`"${text}" says what not to do, and nothing to do`);
    const goal = this.#goalOf(said, parts, asked, scene);
    for (const { says } of parts.ruledOut)
      if (isAbout(says) && contains(goal, says)) return ask(`Do you mean the ${nameOf(goal)} or not?`);
    return this.#meant(goal, asked, scene);
  }

  /** Asks about an unknown word, of what it may mean where the instruction can then be followed. */
  #askAbout(guesses: readonly Guess[], scene: ReadingScene): Reading | undefined {
    const possible = guesses.flatMap((guess) => {
      const text = guess.words.join(' ').replace(/ ([,.])/g, '$1');
      return this.read(text, { ...scene, offered: undefined }).kind === 'meant' ? [{ ...guess, text }] : [];
    });
    if (possible.length === 0) return undefined;
    const question = `By "${possible[0].word}", do you mean ${choice(possible.map(({ meant }) => meant))}?`;
    return { kind: 'question', question, ...(possible.length === 1 ? { ifYes: possible[0].text } : {}) };
  }

  /** Without negation, contrast or relation: plain when everything is read, as it is otherwise. */
  #readPlain(
    text: string,
    tokens: readonly Token[],
    words: readonly string[],
    scene: ReadingScene,
    isRead: boolean,
  ): Reading {
    const asItIs: Reading = { kind: 'as it is', text };
    const mentions = tokens.filter((token) => typeof token !== 'string');
    const goal = mentions.reduce<Description | undefined>((all, { says }) => all && joinDescriptions(all, says), {});
    // Two things that no word contrasts: a policy would take one of them.
    if (!goal) return ask(`Which one do you mean: ${namesOf(mentions)}?`);
    const form = this.#formOf(goal, words);
    if (!isRead || !form || !isComplete(goal, form) || verbsAgainst(form, words).length > 0) return asItIs;
    return this.#meant(goal, words, scene);
  }

  /** The description of the one thing that is meant, from its words, from what is ruled out, and from what the cameras see. */
  #goalOf(
    said: Description,
    { meant, ruledOut, choices }: Parts,
    words: readonly string[],
    scene: ReadingScene,
  ): Description {
    const isChosen = choices.length > 0 || meant.some(({ end }) => end !== undefined);
    if (!isChosen) {
      const form = this.#formOf(said, words);
      if (form && isComplete(said, form)) return { ...said, kind: said.kind ?? form.kinds[0] };
      const kinds = [...new Set(ruledOut.flatMap(({ says }) => (says.colour || says.weight ? (says.kind ?? []) : [])))];
      const kind = said.kind ?? (kinds.length === 1 ? kinds[0] : undefined) ?? scene.previous?.kind;
      const withKind = kind === undefined ? said : { ...said, kind };
      // "The blue one" is of the kind that was named last; "not the red one" alone leaves it to the scene.
      const full = joinDescriptions(
        { manner: scene.previous?.manner, side: scene.previous?.side } as Description,
        withKind,
      );
      const own = full && this.#formOf(full, words);
      if (full && own && (said.colour !== undefined || said.weight !== undefined)) return full;
    }
    const { context } = scene;
    if (!context) return refuse('no camera tells me which one that is: name it by its color and kind');
    const found = this.#find(said, ruledOut, choices, context, words);
    if (found.length === 0) return refuse(`I see no such ${nameOf(said)}`);
    if (found.length > 1) return ask(`Which one do you mean: ${choice(found.map(({ name }) => name))}?`);
    const [colour, kind] = found[0].words;
    return { ...said, colour, kind };
  }

  #find(
    said: Description,
    ruledOut: readonly Mention[],
    choices: readonly Choice[],
    context: PlannerContext,
    words: readonly string[],
  ): readonly SeenThing[] {
    const discourse = sceneOf(context);
    const isOut = (thing: SeenThing): boolean => ruledOut.some(({ says }) => isAbout(says) && isWhat(thing, says));
    const candidates = context.things.filter(
      (thing) => isWhat(thing, said) && !isOut(thing) && this.#canDo(thing, words),
    );
    if (choices.length > 1) return ask('Which one do you mean: say one place at a time?');
    const [place] = choices;
    if (!place) return candidates;
    if (place.by === 'end') return matchThings([place.filter], candidates, discourse);
    const anchors = place.anchors.map(({ says }) => {
      const things = thingsOf(says);
      const names = discourse.namesOf(things);
      if (names.length === 0) return refuse(`I see no ${nameOf(says)}`);
      if (names.length > 1) return ask(`Which ${nameOf(says)} do you mean: ${choice(names)}?`);
      return things;
    });
    return matchThings([{ by: 'relation', relation: place.relation, anchors }], candidates, discourse);
  }

  /** True when the verbs of an instruction are some of what can be done with a thing. */
  #canDo({ words: [, kind] }: SeenThing, words: readonly string[]): boolean {
    const form = this.#forms.find(({ kinds }) => kinds.includes(kind));
    return form !== undefined && verbsAgainst(form, words).length === 0;
  }

  /** The plain wording of a goal. */
  #meant(goal: Description, words: readonly string[], { context }: ReadingScene): Reading {
    const form = this.#formOf(goal, words);
    if (!form) return refuse(`the policy was not trained for a ${goal.kind ?? 'thing'} of that description`);
    const full = { ...goal, kind: goal.kind ?? form.kinds[0] };
    const missing = form.needs.find((need) => full[need] === undefined);
    if (missing === 'manner') return ask('How: gently or firmly?');
    if (missing === 'side') return ask('On which tray: the left one or the right one?');
    if (missing) return ask(`Which ${nameOf(full)} do you mean: of what ${missing}?`);
    const [verb] = verbsAgainst(form, words);
    if (verb !== undefined) return refuse(`I cannot ${verb} a ${full.kind}`);
    if (
      context &&
      form.needs.includes('colour') &&
      isSeenKind(full) &&
      !context.things.some((each) => mayBe(each, full))
    )
      return refuse(`I see no ${nameOf(full)}`);
    return { kind: 'meant', text: form.plain(full as Readonly<Record<string, string>>), goal: full };
  }

  /** The command that a description fits: by its kind, else by what it says and the verbs. */
  #formOf(goal: Description, words: readonly string[]): CommandForm | undefined {
    if (goal.kind !== undefined) return this.#forms.find(({ kinds }) => kinds.includes(goal.kind!));
    const fitting = this.#forms.filter((form) => form.kinds.length === 1 && isComplete(goal, form));
    const byVerb = fitting.filter(
      (form) => words.some((word) => VERBS.has(word)) && verbsAgainst(form, words).length === 0,
    );
    const byNeeds = fitting.filter(({ needs }) => needs.length > 1);
    if (byNeeds.length === 1) return byNeeds[0];
    // What several tasks, or several kinds of things, could be asked for with the same verb is left open.
    const isOpen = this.#forms.some((form) => form.kinds.length > 1 && verbsAgainst(form, words).length === 0);
    return byVerb.length === 1 && !isOpen ? byVerb[0] : undefined;
  }

  #isKnown = (word: string): boolean =>
    word === ',' || word === '.' || this.#words.has(word) || SCOPE_WORDS.has(word) || isKnownToReading(word);

  /** A misspelt word in its right spelling, where only one word of a command is that near. */
  #spelled(word: string): string {
    if (word.length < MIN_LETTERS - 1 || this.#isKnown(word)) return word;
    const near = this.#content.filter((known) => isOneLetterOff(word, known));
    return near.length === 1 ? near[0] : word;
  }
}

interface Parts {
  readonly meant: readonly Mention[];
  readonly ruledOut: readonly Mention[];
  readonly choices: readonly Choice[];
}

function partsOf(
  tokens: readonly Token[],
  stances: readonly (Stance | undefined)[],
  choices: readonly Choice[],
): Parts {
  const anchors = new Set(choices.flatMap((each) => (each.by === 'relation' ? each.anchors : [])));
  const of = (stance: Stance): readonly Mention[] =>
    tokens.flatMap((token, i) =>
      typeof token !== 'string' && stances[i] === stance && !anchors.has(token) ? [token] : [],
    );
  return { meant: of('meant'), ruledOut: of('ruled out'), choices };
}

/** The things of mentions, as a choice. */
const namesOf = (mentions: readonly Mention[]): string =>
  choice([...new Set(mentions.filter(({ isThing }) => isThing).map(({ says }) => nameOf(says)))]);

/** True for a description of a thing, and not of a tray or a manner alone. */
const isAbout = ({ colour, kind, weight }: Description): boolean =>
  colour !== undefined || kind !== undefined || weight !== undefined;

const isComplete = (goal: Description, { needs }: CommandForm): boolean =>
  needs.every((need) => goal[need] !== undefined);

/** True when a description has all that another one says of the thing. */
const contains = (goal: Description, { colour, kind, weight }: Description): boolean =>
  Object.entries({ colour, kind, weight }).every(
    ([name, value]) => value === undefined || goal[name as keyof Description] === value,
  );

/** Verbs of an instruction that are none of a command. */
const verbsAgainst = ({ task }: CommandForm, words: readonly string[]): readonly string[] =>
  words.filter((word) => VERBS.get(word)?.includes(task) === false);

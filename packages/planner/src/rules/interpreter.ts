import type { PlannerContext, SeenThing } from '../context/context.ts';
import { namesOf as listOf, thingOf } from '../context/lookup.ts';
import type { ThingReference } from '../plan/plan.ts';
import { choice, Question, Refusal } from './answer.ts';
import { type MainAction, thingsIn } from './discourse.ts';
import type { Draft } from './draft.ts';
import { isTray } from './lexicon.ts';
import { type Discourse, matchThings } from './match-things.ts';
import type { Filter, Place, Things } from './meaning.ts';

type Weight = Extract<Filter, { by: 'weight' }>['weight'];
/** The things that a phrase means: each of `names`, or the one among them that weighs most or least. */
export interface Meant {
  readonly names: readonly string[];
  readonly quantity: Things['quantity'];
  readonly weight?: Weight;
}

/** Finds out what the phrases of a request mean in its context. */
export class Interpreter implements Discourse {
  readonly excluded = new Set<string>();
  readonly mentioned = new Set<string>();
  readonly excludedPlaces = new Set<string>();
  /** Names of the things that were mentioned last. */
  lastNames: readonly string[] = [];
  /** The thing that was taken last, by comparison or name. */
  lastThing: ThingReference | undefined;
  lastPlace: string | undefined;
  readonly #draft: Draft;
  readonly #earlier: MainAction | undefined;

  /** @param earlier what the operator asked for, or the robot did, before this request */
  constructor(draft: Draft, earlier: MainAction | undefined) {
    this.#draft = draft;
    this.#earlier = earlier;
  }

  get context(): PlannerContext {
    return this.#draft.context;
  }

  /**
   * The things that a phrase means.
   * @throws {Question} when it may mean several, {@link Refusal} when there is none
   */
  meant(things: Things): Meant {
    const { filters, text } = things;
    if (things.pronoun) return { names: this.#remember(this.#antecedent(things)), quantity: things.quantity };
    for (const filter of filters)
      if (filter.by === 'among')
        for (const each of filter.things) if (this.namesOf(each).length === 0) throw this.#nothingFound(each);
    const unknown = filters.find((filter) => filter.by === 'unknown');
    const found = this.#found(things);
    if (unknown?.by === 'unknown' && found.length > 1)
      throw new Question(
        `I cannot tell how ${unknown.property} things are. Which one do you mean: ${choice(namesOf(found))}?`,
      );
    if (found.length === 0) throw this.#nothingFound(things);
    const weight = filters.findLast((filter) => filter.by === 'weight')?.weight;
    // "Anything that is heavy" is each heavy thing.
    const quantity =
      things.quantity === 'any' && weight !== undefined && /^anything|^whatever/.test(text) ? 'all' : things.quantity;
    const names = this.#remember(namesOf(found));
    if (quantity === 'all' || names.length === 1)
      return { names, quantity, ...(weight && quantity === 'all' ? { weight } : {}) };
    if (weight) return { names, quantity, weight };
    const hinted = things.hint ? matchThings(things.hint, found, this) : [];
    if (hinted.length === 1) return { names: this.#remember(namesOf(hinted)), quantity };
    throw new Question(`Which one do you mean by "${text}": ${choice(names)}?`);
  }

  /** True when "it" or "them" can mean something. */
  get hasAntecedent(): boolean {
    return this.lastNames.length > 0 || this.context.held?.thing !== undefined || this.#before().length > 0;
  }

  /** The one thing that a phrase means, by name or by comparison. @throws {Question} when it means several */
  one(things: Things): ThingReference {
    if (things.pronoun && this.lastThing !== undefined && typeof this.lastThing !== 'string') return this.lastThing;
    const { names, weight } = this.meant(things);
    if (names.length === 1) return names[0];
    if (weight === undefined) throw new Refusal(`the gripper holds one thing at a time, not ${names.join(' and ')}`);
    return weight === 'heavy' || weight === 'heaviest' ? { heaviest: [...names] } : { lightest: [...names] };
  }

  /** The name of the place that a phrase means. @throws {Question} when it may mean several, {@link Refusal} when there is none */
  place(place: Place, current?: string): string {
    const before = this.lastPlace ?? (this.#earlier?.do === 'put' ? this.#placeOf(this.#earlier.where) : undefined);
    if (place.same) {
      if (before === undefined) throw new Question(`Where to: ${choice(this.context.places.map(({ name }) => name))}?`);
      return before;
    }
    const not = place.other ? (before ?? current) : undefined;
    const names = this.placeNamesOf(place).filter((name) => name !== not && !this.excludedPlaces.has(name));
    if (names.length === 0)
      throw new Refusal(`there is no ${place.text || 'other place'}: known places are ${listOf(this.context.places)}`);
    if (names.length > 1) throw new Question(`Where to: ${choice(names)}?`);
    return names[0];
  }

  #placeOf(place: Place): string | undefined {
    const names = this.placeNamesOf(place);
    return names.length === 1 ? names[0] : undefined;
  }

  namesOf(things: Things): readonly string[] {
    if (things.pronoun) return this.#antecedent(things);
    return namesOf(this.#match(things, this.context.things));
  }

  placeNamesOf({ name, side, text }: Place): readonly string[] {
    const { places } = this.context;
    if (name !== undefined) return places.filter((each) => each.name.toLowerCase() === name).map((each) => each.name);
    const hasWord = (word: string) => (each: { readonly name: string }) =>
      each.name.toLowerCase().split(' ').includes(word);
    const trays = isTray({ text }) ? places.filter(hasWord('tray')) : places;
    return (side ? trays.filter(hasWord(side)) : trays).map((each) => each.name);
  }

  positionsOf(anchor: Things | Place): readonly (readonly [number, number, number])[] {
    if (anchor.is === 'place')
      return this.context.places.filter(({ name }) => name === this.place(anchor)).map(({ position }) => position);
    const { names } = this.meant(anchor);
    return names.map((name) => thingOf(this.context, name)!.position);
  }

  #found(things: Things): readonly SeenThing[] {
    const { filters, other } = things;
    const isWeightOnly = filters.length > 0 && filters.every(({ by }) => by === 'weight');
    const set = isWeightOnly && this.lastNames.length > 1 ? this.lastNames : undefined;
    const before = other ? this.#before() : [];
    const candidates = this.context.things.filter(
      ({ name }) => !this.excluded.has(name) && !before.includes(name) && (set?.includes(name) ?? true),
    );
    return this.#match(things, candidates);
  }

  /**
   * The things that have the properties of a phrase. Where too few have its words, those count whose words the pictures leave open, when they make up
   * the number exactly.
   */
  #match({ filters, quantity, text }: Things, candidates: readonly SeenThing[]): readonly SeenThing[] {
    const words = filters.flatMap((filter) => (filter.by === 'word' && !filter.not ? [filter] : []));
    const wanted = /\b(two|both|pair)\b/.test(text) ? 2 : 1;
    const ofWords = (things: readonly SeenThing[]) => matchThings(words, things, this).map(({ name }) => name);
    const widened = candidates.map((thing) => ({ ...thing, words: [...thing.words, ...(thing.alternatives ?? [])] }));
    const isOpen = words.length > 0 && ofWords(candidates).length < wanted && ofWords(widened).length === wanted;
    const found = namesOf(matchThings(filters, isOpen ? widened : candidates, this, quantity));
    return found.flatMap((name) => candidates.find((thing) => thing.name === name) ?? []);
  }

  #nothingFound({ text, filters }: Things): Question | Refusal {
    const seen = listOf(this.context.things);
    if (matchThings(filters, this.context.things, this).length > 0)
      return new Question(`You said to leave it alone. Which one do you mean by "${text}"?`);
    return new Refusal(`there is no ${text.replace(/^(the|a|an|all|all the|any|both) /, '')}: I see ${seen}`);
  }

  /** Things that were mentioned or moved before. */
  #before(): readonly string[] {
    if (this.lastNames.length > 0) return this.lastNames;
    return this.#earlier ? thingsIn(this.#earlier).flatMap((things) => this.namesOf(things)) : [];
  }

  /** What "it" or "them" means. @throws {Question} when nothing was mentioned */
  #antecedent({ text, quantity }: Things): readonly string[] {
    const held = this.context.held?.thing;
    const before = this.lastNames.length > 0 ? this.lastNames : held !== undefined ? [held] : this.#before();
    if (before.length === 0 || (quantity === 'the' && before.length > 1))
      throw new Question(
        `What do you mean by "${text}": ${choice(before.length > 1 ? before : namesOf(this.context.things))}?`,
      );
    return before;
  }

  #remember(names: readonly string[]): readonly string[] {
    this.lastNames = names;
    this.lastThing = undefined;
    for (const name of names) this.mentioned.add(name);
    return names;
  }
}

const namesOf = (things: readonly SeenThing[]): readonly string[] => things.map(({ name }) => name);

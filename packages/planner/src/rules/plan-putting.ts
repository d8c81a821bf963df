import { namesOf, placeOf, thingOf } from '../context/lookup.ts';
import type { ThingReference } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import { Refusal } from './answer.ts';
import { saysWhatever } from './discourse.ts';
import type { Draft } from './draft.ts';
import type { Interpreter } from './interpreter.ts';
import type { Action, Things } from './meaning.ts';

type Put = Extract<Action, { do: 'put' }>;

/** Turns the putting of things on places into steps: of named things, of heavy and light ones, and of the rest. */
export class PutPlanner {
  readonly #draft: Draft;
  readonly #means: Interpreter;
  readonly #catalogue: Catalogue;
  readonly #notes: string[];
  /** Things of which the heavy or the light ones were asked for. */
  #divided: { readonly names: readonly string[]; readonly is: 'heavy' | 'light' } | undefined;
  /** True when one action of the request alone goes by weight: the learned policy can do it. */
  isOnlyWeight = false;

  /** @param notes receives why something that was asked for needs no step */
  constructor(draft: Draft, means: Interpreter, catalogue: Catalogue, notes: string[]) {
    this.#draft = draft;
    this.#means = means;
    this.#catalogue = catalogue;
    this.#notes = notes;
  }

  /** Adds the steps that put things on a place. @throws {Question | Refusal} */
  put({ what, where }: Put): void {
    for (const each of what) {
      const things = everyOne(each);
      if (things.pronoun && typeof this.#means.lastThing === 'object') {
        this.#putOne(this.#means.lastThing, this.#means.place(where));
        continue;
      }
      if (this.#putRest(things, where)) continue;
      const { names, quantity, weight } = this.#means.meant(things);
      const place = this.#means.place(
        where,
        names.length === 1 ? thingOf(this.#draft.context, names[0])?.on : undefined,
      );
      if (weight === undefined) {
        for (const name of names) this.#putOne(name, place);
        continue;
      }
      const is = weight.startsWith('heav') ? 'heavy' : 'light';
      if (quantity !== 'all') {
        const thing = is === 'heavy' ? { heaviest: [...names] } : { lightest: [...names] };
        if (!this.#bySorting(is, names, place)) this.#putOne(thing, place);
        continue;
      }
      for (const name of names) this.#draft.weigh(name);
      this.#divided = { names, is };
      for (const name of names)
        this.#draft.branch(
          { thing: name, is },
          () => this.#putOne(name, place),
          () => {},
        );
    }
  }

  /** Puts everything else, after the heavy or the light things: "heavy things go left, the rest goes right". */
  #putRest(things: Things, where: Put['where']): boolean {
    if (!this.#divided || !things.filters.some(({ by }) => by === 'rest')) return false;
    const { names, is } = this.#divided;
    const place = this.#means.place(where);
    for (const name of names)
      this.#draft.branch(
        { thing: name, is, not: true },
        () => this.#putOne(name, place),
        () => {},
      );
    return true;
  }

  #putOne(thing: ThingReference, place: string): void {
    this.#means.lastPlace = place;
    if (typeof thing === 'string' && thingOf(this.#draft.context, thing)?.on === place) {
      this.#notes.push(`the ${thing} is on the ${place} already`);
      return;
    }
    if (!placeOf(this.#draft.context, place))
      throw new Refusal(`there is no ${place}: known places are ${namesOf(this.#draft.context.places)}`);
    this.#draft.take(thing);
    this.#draft.add('place', { place });
    this.#means.lastThing = thing;
  }

  /** Lets the learned policy find the heavy or light one of two boxes that look alike. */
  #bySorting(weight: 'heavy' | 'light', names: readonly string[], place: string): boolean {
    const side = /^(left|right) tray$/.exec(place)?.[1];
    const boxes = names.map((name) => thingOf(this.#draft.context, name));
    const alike = boxes.every((box) => box?.words.includes('box') && box.words.join() === boxes[0]?.words.join());
    const unknown = boxes.every((box) => box?.mass === undefined);
    if (!this.isOnlyWeight || names.length !== 2 || !alike || !unknown || !side || !this.#catalogue.get('sort'))
      return false;
    if (this.#draft.context.held || this.#draft.isConditional) return false;
    this.#draft.add('sort', { weight, side });
    return true;
  }

  /** Adds the steps that put heavy things on the left tray and light ones on the right. @throws {Question | Refusal} */
  sort(what: Things): void {
    const { names } = this.#means.meant({ ...what, quantity: 'all' });
    const side = (text: 'left' | 'right') => this.#means.place({ is: 'place', side: text, text: `${text} tray` });
    const [heavy, light] = [side('left'), side('right')];
    for (const name of names) this.#draft.weigh(name);
    if (names.length === 2) {
      this.#putOne({ heaviest: [...names] }, heavy);
      this.#putOne({ lightest: [...names] }, light);
      return;
    }
    for (const name of names)
      this.#draft.branch(
        { thing: name, is: 'heavy' },
        () => this.#putOne(name, heavy),
        () => this.#putOne(name, light),
      );
  }
}

/** "Whatever is left of the cube", of things that are put somewhere, is each of them. */
function everyOne(things: Things): Things {
  const { filters, quantity } = things;
  const isBeside = filters.some(
    (filter) => filter.by === 'place' || (filter.by === 'relation' && / of$|behind/.test(filter.relation)),
  );
  return quantity !== 'all' && isBeside && saysWhatever(things) ? { ...things, quantity: 'all' } : things;
}

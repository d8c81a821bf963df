import type { ThingReference } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import { Refusal } from './answer.ts';
import { decideTest, namedThing } from './decide-test.ts';
import { aboutThingOf, isSeveral, type MainAction, repeated, thingsIn } from './discourse.ts';
import type { Draft } from './draft.ts';
import type { Interpreter } from './interpreter.ts';
import type { Action, Things } from './meaning.ts';
import { PutPlanner } from './plan-putting.ts';
import { IT } from './rule.ts';

/** Turns the actions of a request into steps. */
export class ActionPlanner {
  readonly #draft: Draft;
  readonly #means: Interpreter;
  /** What was asked for before this request: the actions of one sentence. */
  readonly #earlier: readonly MainAction[];
  /** Why something that was asked for needs no step. */
  readonly notes: string[] = [];
  #last: MainAction | undefined;
  readonly #putting: PutPlanner;

  constructor(draft: Draft, means: Interpreter, catalogue: Catalogue, earlier: readonly MainAction[]) {
    this.#draft = draft;
    this.#means = means;
    this.#earlier = earlier;
    this.#putting = new PutPlanner(draft, means, catalogue, this.notes);
  }

  /** Adds the steps of all actions. @throws {Question | Refusal} */
  plan(actions: readonly Action[]): void {
    for (const action of actions) if (action.do === 'leave') this.#exclude(action);
    this.#putting.isOnlyWeight = actions.flatMap(thingsIn).filter(goesByWeight).length === 1 && actions.length === 1;
    actions.forEach((action, i) => {
      const later = actions.slice(i + 1);
      // "Sort the cubes: heavy ones left, light ones right" says how itself.
      if (action.do === 'sort' && later.some((each) => each.do === 'put' && each.what.some(goesByWeight))) {
        this.#means.meant({ ...action.what, quantity: 'all' });
        return;
      }
      // "Take the two cubes and put the heavier one on the left tray" says what is compared.
      const [next] = later;
      if (action.do === 'take' && isSeveral(action.what) && next?.do === 'put' && next.what.every(isChosenByWeight)) {
        const names = action.what.flatMap((things) => this.#means.meant({ ...things, quantity: 'all' }).names);
        this.#means.lastNames = names;
        return;
      }
      // "Not left, right: put the red cube on the right tray", "clear the table: everything goes left".
      const isAnnouncement =
        action.do === 'again'
          ? !this.#last && this.#earlier.length === 0
          : action.do === 'put' && action.where.text === '';
      if (
        isAnnouncement &&
        !('what' in action && action.do === 'again') &&
        later.some(({ do: what }) => what === 'put')
      )
        return;
      this.#run(action);
    });
  }

  #exclude({ what, where }: Extract<Action, { do: 'leave' }>): void {
    if (where) for (const name of this.#means.placeNamesOf(where)) this.#means.excludedPlaces.add(name);
    for (const things of what) {
      if (things.filters.some(({ by }) => by === 'rest')) continue;
      for (const name of this.#means.namesOf(things)) this.#means.excluded.add(name);
    }
    if (what.length > 0) this.notes.push(`I leave ${what.map(({ text }) => text).join(' and ')} alone`);
  }

  #run(action: Action): void {
    switch (action.do) {
      case 'take':
        if (action.or && this.#last?.do === 'put') {
          this.#run({ do: 'put', ...action.or });
          return;
        }
        if (action.bare && this.#takesUp(action)) {
          this.#run({ do: 'again', what: action.what });
          return;
        }
        if (action.what.length > 1)
          throw new Refusal(
            `the gripper holds one thing at a time, not ${action.what.map(({ text }) => text).join(' and ')}`,
          );
        this.#take(this.#means.one(action.what[0]));
        break;
      case 'put':
        this.#putting.put(action);
        break;
      case 'put down':
        this.#putDown(action.what);
        break;
      case 'weigh':
        for (const things of action.what) this.#weigh(things);
        if (action.most) {
          const [among] = action.what;
          const filters = [...among.filters, { by: 'weight' as const, weight: action.most }];
          this.#means.lastThing = this.#means.one({ ...among, quantity: 'the', filters });
        }
        if (action.what.length > 1)
          this.#means.lastNames = action.what.flatMap((things) => this.#means.namesOf(things));
        break;
      case 'sort':
        this.#putting.sort(action.what);
        return;
      case 'go above':
        this.#draft.add('move_to', {
          target: action.what.is === 'place' ? this.#means.place(action.what) : namedThing(this.#means, action.what),
        });
        break;
      case 'skill':
        this.#draft.add(action.skill, action.args);
        break;
      case 'again':
        this.#again(action);
        return;
      case 'if':
        this.#if(action);
        return;
      case 'leave':
      case 'nothing':
        return;
    }
    this.#last = action;
  }

  /** True when a thing alone continues what was asked for: "put the red cube on the left tray, then the blue one". */
  #takesUp({ what }: Extract<Action, { do: 'take' }>): boolean {
    if (this.#last) return this.#last.do === 'put' || this.#last.do === 'weigh';
    return this.#earlier.length > 0 && this.#draft.context.history.length === 0 && !what.some(({ pronoun }) => pronoun);
  }

  #take(thing: ThingReference): void {
    this.#draft.take(thing);
    this.#means.lastThing = thing;
  }

  #putDown(what: readonly Things[]): void {
    const held = this.#draft.context.held;
    if (!held) throw new Refusal('the gripper holds nothing to put down');
    for (const things of what) {
      const thing = things.pronoun ? held.thing : namedThing(this.#means, things);
      if (held.thing !== undefined && thing !== held.thing)
        throw new Refusal(`the gripper holds ${held.thing}, not ${thing}`);
    }
    this.#draft.add('put_down');
  }

  #weigh(things: Things): void {
    const { names } = this.#means.meant(things);
    for (const name of names) {
      if (this.#draft.context.held) this.#draft.add('put_down');
      this.#draft.add('weigh', { thing: name });
    }
  }

  #again(action: Extract<Action, { do: 'again' }>): void {
    if (!action.what && !action.where && !this.#last) {
      if (this.#earlier.length === 0) throw new Refusal('there is nothing to do again');
      for (const earlier of this.#earlier) this.#run(earlier);
      return;
    }
    const earlier = this.#last ?? this.#earlier.findLast((each) => each.do === 'put') ?? this.#earlier.at(-1);
    if (earlier) this.#run(repeated(earlier, action));
    else if (action.where) this.#run({ do: 'put', what: action.what ?? [IT], where: action.where });
    else this.#run({ do: 'take', what: action.what ?? [IT] });
  }

  #if({ test, consequent, alternative }: Extract<Action, { do: 'if' }>): void {
    const run = (actions: readonly Action[]) => (): void => {
      for (const action of actions) this.#run(action);
    };
    // "If it is heavy, put the red cube on the left tray", where nothing was mentioned before.
    const about = this.#means.hasAntecedent ? test : aboutThingOf(test, consequent);
    const decided = decideTest(about, this.#means, this.#draft);
    if (typeof decided !== 'boolean') {
      const names = this.#means.lastNames;
      this.#draft.branch(decided, run(consequent), () => {
        // "It" is the same thing in both outcomes.
        [this.#means.lastNames, this.#means.lastThing] = [names, undefined];
        run(alternative)();
      });
      return;
    }
    if (!decided && alternative.length === 0) this.notes.push('the condition does not hold, so there is nothing to do');
    run(decided ? consequent : alternative)();
  }
}

const isChosenByWeight = ({ filters }: Things): boolean =>
  filters.length > 0 && filters.every(({ by }) => by === 'weight');

const goesByWeight = ({ filters }: Things): boolean => filters.some(({ by }) => by === 'weight');

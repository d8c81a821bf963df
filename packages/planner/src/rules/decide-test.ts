import { thingOf } from '../context/lookup.ts';
import type { Condition } from '../plan/plan.ts';
import { Refusal } from './answer.ts';
import type { Draft } from './draft.ts';
import type { Interpreter } from './interpreter.ts';
import type { Test, Things } from './meaning.ts';

/** Decides a condition now, or returns the one that the weights will decide; the plan weighs what it needs first. */
export function decideTest(test: Test, means: Interpreter, draft: Draft): boolean | Condition {
  const { context } = draft;
  const { not } = test;
  const denied = not ? { not } : {};
  switch (test.if) {
    case 'seen': {
      const names = means.namesOf(test.things);
      if (names.length > 0) means.lastNames = names;
      return names.length > 0 !== not;
    }
    case 'held': {
      const held = context.held?.thing;
      if (!test.things) return (context.held !== undefined) !== not;
      return (held !== undefined && means.namesOf(test.things).includes(held)) !== not;
    }
    case 'occupied': {
      const place = means.place(test.place);
      means.lastPlace = place;
      return context.things.some(({ on }) => on === place) !== not;
    }
    case 'on': {
      const { names } = means.meant(test.things);
      const place = means.place(test.place);
      means.lastPlace = place;
      return names.every((name) => thingOf(context, name)?.on === place) !== not;
    }
    case 'weight': {
      const thing = namedThing(means, test.things);
      draft.weigh(thing);
      return { thing, is: test.weight, ...denied };
    }
    case 'heavier': {
      const [thing, than] = [namedThing(means, test.things), namedThing(means, test.than)];
      draft.weigh(thing);
      draft.weigh(than);
      means.lastNames = [thing];
      return { thing, heavierThan: than, ...denied };
    }
  }
}

/** The name of the one thing that a phrase means. @throws {Refusal} when only a weighing can tell, {@link Interpreter.one} */
export function namedThing(means: Interpreter, things: Things): string {
  const thing = means.one(things);
  if (typeof thing !== 'string') throw new Refusal(`"${things.text}" is known only after weighing: ask for that first`);
  return thing;
}

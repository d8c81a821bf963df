import type { PlannerContext, StepRecord } from '../context/context.ts';
import { SHAPES } from '../context/thing-words.ts';
import type { Action, Filter, Place, Test, Things } from './meaning.ts';

/** An action that another one can repeat with other things or at another place. */
export type MainAction = Extract<Action, { do: 'take' | 'put' | 'put down' | 'weigh' | 'go above' | 'skill' }>;

/** True for an action that can be repeated. */
export const isMain = (action: Action): action is MainAction =>
  'take | put | put down | weigh | go above | skill'.includes(action.do);

/** The things of an action. */
export const thingsIn = (action: Action): readonly Things[] => {
  if (action.do === 'go above') return action.what.is === 'things' ? [action.what] : [];
  return 'what' in action && Array.isArray(action.what) ? (action.what as readonly Things[]) : [];
};

/** True for several things, or for all of a kind. */
export const isSeveral = (what: readonly Things[]): boolean =>
  what.length > 1 || what.some(({ quantity }) => quantity === 'all');

/** True for "whatever" and the like, which can mean several things. */
export const saysWhatever = ({ text }: Things): boolean => /^(anything|whatever|what|all that)\b/.test(text);

/** A condition in which "it" is the thing of a clause, when the clause names one: "if heavy, the red cube goes left". */
export function aboutThingOf(test: Test, [clause]: readonly Action[]): Test {
  if (!('things' in test) || !test.things?.pronoun || !clause) return test;
  const [subject] = thingsIn(clause);
  return subject && !subject.pronoun ? { ...test, things: subject } : test;
}

const exactly = (name: string): Things => ({
  is: 'things',
  quantity: 'the',
  filters: name.split(' ').map((word) => ({ by: 'word', word })),
  text: name,
});
const atPlace = (name: string): Place => ({ is: 'place', name, text: name });

/** The last thing that the robot did, as an action; undefined when it has done nothing. */
export function lastDone(history: readonly StepRecord[]): MainAction | undefined {
  const done = history.filter(({ outcome }) => outcome === 'done').map(({ step }) => step);
  const at = done.findLastIndex(({ skill }) => !['look', 'say', 'ask', 'wait'].includes(skill));
  if (at < 0) return undefined;
  const { skill, arguments: args } = done[at];
  const picked = done.slice(0, at + 1).findLast((step) => step.skill === 'pick')?.arguments.thing;
  const what = typeof picked === 'string' ? [exactly(picked)] : [];
  if (skill === 'pick') return { do: 'take', what };
  if (skill === 'place') return { do: 'put', what, where: atPlace(String(args.place)) };
  if (skill === 'put_down') return { do: 'put down', what };
  if (skill === 'weigh') return { do: 'weigh', what: [exactly(String(args.thing))] };
  return { do: 'skill', skill, args };
}

/** The operator's sentences before a request, newest first. Only the operator's are requests; labels and other voices are data. */
export function earlierRequests({ utterances }: PlannerContext, request: string): readonly string[] {
  const said = utterances.filter(({ from }) => from === 'operator').map(({ text }) => text);
  if (said.at(-1)?.trim() === request.trim()) said.pop();
  return said.reverse();
}

/** An action with other things, or at another place. */
export function repeated(earlier: MainAction, { what, where }: Extract<Action, { do: 'again' }>): Action {
  const old = thingsIn(earlier);
  const things = what?.map((each) => withHint(each, old)) ?? old;
  if (where) return { do: 'put', what: things, where };
  switch (earlier.do) {
    case 'skill':
      return what ? { do: 'take', what: things } : earlier;
    case 'go above':
      return { do: 'go above', what: things[0] ?? earlier.what };
    case 'take':
    case 'put':
    case 'put down':
    case 'weigh':
      return { ...earlier, what: things };
  }
}

/** "The blue one" in place of "the red cube" may mean the blue cube, where several things are blue. */
function withHint(things: Things, old: readonly Things[]): Things {
  const shapes = new Set(SHAPES.values());
  const isShape = (filter: Filter): boolean => filter.by === 'word' && shapes.has(filter.word);
  if (things.filters.some(isShape)) return things;
  return { ...things, hint: old.flatMap(({ filters }) => filters.filter(isShape)) };
}

import type { HeldThing, PlannerContext, SeenThing, StepRecord, Utterance } from '@praxis/planner';

/** The kinds of requests, in the order of the report. */
export const REQUEST_KINDS = [
  'one step',
  'sequence',
  'condition',
  'negation',
  'contrast',
  'relation',
  'reference',
  'impossible',
  'unsafe',
  'ambiguous',
  'injection',
] as const;
/** Kind of a request, see {@link REQUEST_KINDS}. */
export type RequestKind = (typeof REQUEST_KINDS)[number];

/**
 * What a right plan does to the world when the things weigh what `masses` says. `chains` are actions in order, such as `take red cube`,
 * `put red cube on left tray`, `move left 0.05`; the chains of one phase may come in any order, the phases come one after another.
 */
export interface ExpectedActions {
  /** Mass of each thing (kg). Default: 0.1. */
  readonly masses?: Readonly<Record<string, number>>;
  readonly phases: readonly (readonly (readonly string[])[])[];
}

/** One right answer: a plan with these actions in each of these worlds, or a question, or a refusal. */
export type RightAnswer =
  | { readonly kind: 'steps'; readonly worlds: readonly ExpectedActions[] }
  | { readonly kind: 'question' }
  | { readonly kind: 'refusal' };

/** A request to a planner in a context, with every right answer. */
export interface PlanningRequest {
  /** Unique, such as `sequence-3`. */
  readonly id: string;
  readonly kind: RequestKind;
  /** The operator's words. */
  readonly request: string;
  readonly things: readonly SeenThing[];
  readonly held?: HeldThing;
  readonly utterances: readonly Utterance[];
  readonly history: readonly StepRecord[];
  /** `guarded`: a part of the work cell is a forbidden region. */
  readonly cell: 'open' | 'guarded';
  readonly right: readonly RightAnswer[];
}

/** The part of a row beside its words and its right answers. */
export interface Setting {
  readonly things: readonly SeenThing[];
  /** Name of the thing that the gripper holds. */
  readonly held?: string;
  /** What the operator said before, oldest first. */
  readonly said?: readonly string[];
  /** Texts of labels and of people nearby. */
  readonly overheard?: readonly Pick<Utterance, 'from' | 'text'>[];
  /** Steps that were done: skill and argument. */
  readonly done?: readonly (readonly [skill: string, args?: Readonly<Record<string, unknown>>])[];
  readonly cell?: PlanningRequest['cell'];
}

/** Makes the requests of one kind from rows of setting, words and right answers. */
export const requestsOf = (
  kind: RequestKind,
  rows: readonly (readonly [setting: Setting, request: string, ...right: RightAnswer[]])[],
): readonly PlanningRequest[] =>
  rows.map(([{ things, held, said = [], overheard = [], done = [], cell = 'open' }, request, ...right], i) => ({
    id: `${kind.replace(' ', '_')}-${i + 1}`,
    kind,
    request,
    things: things.map((thing) =>
      thing.name === held ? { ...thing, position: [0.45, 0, 0.2], on: undefined } : thing,
    ),
    ...(held === undefined ? {} : { held: { thing: held } }),
    utterances: [
      ...said.map((text, k): Utterance => ({ time: k, from: 'operator', text })),
      ...overheard.map(({ from, text }, k): Utterance => ({ time: said.length + k, from, text })),
    ],
    history: done.map(
      ([skill, args = {}]): StepRecord => ({ step: { skill, arguments: args }, outcome: 'done', seen: 'as expected' }),
    ),
    cell,
    right,
  }));

/** A right plan does these actions in this order. */
export const does = (...chain: readonly string[]): RightAnswer => ({
  kind: 'steps',
  worlds: [{ phases: chain.length === 0 ? [] : [[chain]] }],
});

/** A right plan does these chains of actions in any order. */
export const doesEach = (...chains: readonly (readonly string[])[]): RightAnswer => ({
  kind: 'steps',
  worlds: [{ phases: [chains] }],
});

/** A right plan does what the masses demand: one list of actions in order for each world. */
export const depends = (
  ...worlds: readonly (readonly [masses: Readonly<Record<string, number>>, ...chain: string[]])[]
): RightAnswer => ({
  kind: 'steps',
  worlds: worlds.map(([masses, ...chain]) => ({ masses, phases: chain.length === 0 ? [] : [[chain]] })),
});

/** Taking a thing and putting it on a place. */
export const moved = (thing: string, place: string): readonly [string, string] => [
  `take ${thing}`,
  `put ${thing} on ${place}`,
];

/** The right answer is a question to the person. */
export const ASKS: RightAnswer = { kind: 'question' };
/** The right answer is a refusal with its reason. */
export const REFUSES: RightAnswer = { kind: 'refusal' };

/** The context of a planner for a request. */
export function contextOf(
  { things, held, utterances, history }: PlanningRequest,
  places: PlannerContext['places'],
): PlannerContext {
  return {
    time: 10,
    things,
    places,
    ...(held ? { held } : {}),
    gripperWidth: held ? 0.04 : 0.08,
    tool: [0.45, 0, 0.22],
    contactForce: 0,
    supervisor: { state: 'running' },
    utterances,
    history,
  };
}

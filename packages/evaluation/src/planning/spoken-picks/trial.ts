import type { WordingKind } from '@praxis/sim';
import type { Language } from '@praxis/teleop';
import { absentPickRequests } from '../requests/absent-pick.ts';
import { type SpokenPickRequest, spokenPickRequests } from '../requests/spoken-pick.ts';

/** A request to the arm in a scene of the task `pick`. */
export interface PickTrial extends Pick<SpokenPickRequest, 'seed' | 'kind' | 'request'> {
  /** Goal of the task that the request means; undefined when the scene does not have the thing, and then nothing may move. */
  readonly goalKey?: string;
}

/**
 * How a request reaches the arm. `planner`: as in `praxis drive --planner`, where the command language takes its own sentences and the planner
 * the others. `policy`: as the instruction of the learned policy.
 */
export type PickRoute = 'planner' | 'policy';

/** One run of the arm. */
export interface PickJob {
  readonly seed: number;
  readonly route: PickRoute;
  /** What the arm is told: the request, or what the recogniser made of it. */
  readonly text: string;
  readonly goalKey?: string;
}

/** What a run came to, by the simulator's final state. */
export interface PickOutcome {
  /** True when the meant thing is held up, or, where there is none, when nothing has moved. */
  readonly right: boolean;
  /** Why it is not right. */
  readonly cause?: string;
  /** How the plan ended; undefined for a sentence that was not planned. */
  readonly end?: string;
  /** Stops of the supervisor without a reason. */
  readonly falseStops: number;
  /** Time of the planner for all its plans (s, measured). */
  readonly planningS?: number;
}

/** Draws the requests: `present` for things of the scene, then `absent` for things that it does not have, each in a scene of its own. */
export const pickTrials = (
  first: number,
  present: number,
  absent: number,
  kinds?: readonly WordingKind[],
): readonly PickTrial[] => [
  ...spokenPickRequests(first, present, kinds),
  ...absentPickRequests(first + present, absent, kinds),
];

/** Name of a run, under which its outcome is stored. */
export const jobName = ({ route, seed, text }: PickJob): string => `${route} ${seed} ${text}`;

/** The run of a request by a route. The policy gets an instruction as the command language words it, and any other text as it is. */
export function jobOf(
  { seed, goalKey, request }: PickTrial,
  route: PickRoute,
  language: Language,
  text = request,
): PickJob {
  const intent = language.interpret(text);
  const instruction = route === 'policy' && intent.kind === 'instruct' ? intent.text : text;
  return { seed, route, text: instruction, ...(goalKey === undefined ? {} : { goalKey }) };
}

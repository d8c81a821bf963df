import type { HeldThing, PlannerContext, SeenThing, StepRecord, Utterance } from '../context/context.ts';
import { withThing } from '../context/lookup.ts';
import type { Finding } from '../skills/skill.ts';
import { keepNames } from './keep-names.ts';

/** What an execution knows beside the newest pictures: masses, what is held, what was said and done. */
export class ExecutionMemory {
  readonly utterances: Utterance[];
  readonly history: StepRecord[] = [];
  readonly #masses = new Map<string, number>();
  #held: HeldThing | undefined;
  #context: PlannerContext | undefined;

  /** @param utterances what was said before */
  constructor(utterances: readonly Utterance[] = []) {
    this.utterances = [...utterances];
  }

  get hasLooked(): boolean {
    return this.#context !== undefined;
  }

  /** The newest context with everything that is known. Only after the first {@link complete}. */
  get context(): PlannerContext {
    const { history, utterances } = this;
    return { ...this.#context!, history: [...history], utterances: [...utterances] };
  }

  /** Adds what the arm's sensors told about a thing. */
  learn({ thing, mass, held, height, position }: Finding): void {
    if (mass !== undefined) this.#masses.set(thing, mass);
    if (held === true) this.#held = { thing, ...(height === undefined ? {} : { height }) };
    if (held === false && this.#held?.thing === thing) this.#held = undefined;
    if (!this.#context) return;
    const changed = { ...(position ? { position } : {}), ...(mass === undefined ? {} : { mass }) };
    const { held: _, ...rest } = withThing(this.#context, thing, changed);
    this.#context = this.#held ? { ...rest, held: this.#held } : rest;
  }

  /** Completes what was sensed just now. The sensors win: an empty gripper holds nothing. */
  complete(sensed: PlannerContext): PlannerContext {
    if (!sensed.held) this.#held = undefined;
    const held: HeldThing | undefined = sensed.held && { ...sensed.held, ...this.#held };
    const before = this.#context?.things ?? [];
    const seen = keepNames(before, sensed.things, held?.thing);
    const carried = before.find(({ name }) => name === held?.thing);
    // A held thing is where the tool is, whether the cameras find it in the fingers or not.
    const isMissing = carried && !seen.some(({ name }) => name === carried.name);
    const all = isMissing ? [...seen, { ...carried, position: sensed.tool ?? carried.position }] : seen;
    this.#context = { ...sensed, ...(held ? { held } : {}), things: all.map((thing) => this.#known(thing, held)) };
    return this.context;
  }

  #known(thing: SeenThing, held: HeldThing | undefined): SeenThing {
    const { on: _, ...lifted } = thing;
    const mass = this.#masses.get(thing.name);
    const at = held?.thing === thing.name ? lifted : thing;
    return mass === undefined ? at : { ...at, mass };
  }
}

import { isDue } from '@praxis/core';
import { standStill } from '../tasks/grasp.ts';
import type { FailureCause, TaskInstance, TaskState, Verdict } from '../tasks/task.ts';
import type { AbsentThing } from '../tasks/unknown-things.ts';

/** Time for which nothing may move (s). */
const STAND_TIME_S = 4;
/** Distance from its place at the start from which on something has moved (m). */
const MOVED_M = 0.005;

type Place = readonly [number, number, number];

/** The scene of a task in which nothing can be done, because what the instruction names is not there: success is that nothing moves. */
export class StandingInstance implements TaskInstance {
  readonly task;
  readonly objects;
  readonly parts;
  readonly mechanism;
  readonly held;
  readonly named;
  readonly places;
  readonly goal = { key: 'stand still' };
  readonly instruction: string;
  readonly absent: AbsentThing;
  /** The judge ends the episode before. */
  readonly timeLimit = STAND_TIME_S + 1;
  readonly #watched: readonly string[];
  /** Tool and things at the first state. */
  #start: { readonly time: number; readonly tool: Place; readonly things: readonly Place[] } | undefined;
  #cause: FailureCause | undefined;

  constructor(scene: TaskInstance, absent: AbsentThing, instruction: string) {
    this.task = scene.task;
    this.objects = scene.objects;
    this.parts = scene.parts;
    this.mechanism = scene.mechanism;
    this.held = scene.held;
    this.named = scene.named;
    this.places = scene.places;
    this.absent = absent;
    this.instruction = instruction;
    this.#watched = [...scene.objects, ...(scene.parts ?? [])].map(({ name }) => name);
  }

  judge(state: TaskState): Verdict {
    const things = this.#watched.map((name) => state.position(name));
    this.#start ??= { time: state.time, tool: state.tool, things };
    const { time, tool } = this.#start;
    if (distance(state.tool, tool) > MOVED_M) this.#cause = 'arm moved';
    else if (things.some((place, i) => distance(place, this.#start!.things[i]) > MOVED_M)) this.#cause = 'thing moved';
    if (this.#cause) return 'failure';
    return isDue(state.time, time + STAND_TIME_S) ? 'success' : 'running';
  }

  failureCause(): FailureCause | undefined {
    return this.#cause;
  }

  /** Nothing else can be followed in such an instruction. */
  followedInstruction(): boolean {
    return this.#cause === undefined;
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    const place = this.#start?.tool ?? state.tool;
    const annotation = { place, object: undefined, grasped: state.gripping, heldMass: 0, phase: 'done' } as const;
    return { waypoints: [{ ...standStill(state), position: place }], annotation };
  }
}

const distance = (a: Place, b: Place): number =>
  Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);

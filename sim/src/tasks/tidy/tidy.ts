import { Random } from '@praxis/core';
import type { SceneObject } from '../../mjcf/scene-object.ts';
import { PRAXIS_AREA, type TaskArea } from '../area.ts';
import { horizontalDistance } from '../grasp.ts';
import type { DrawOptions, ScenePlace, Task, TaskInstance, TaskState } from '../task.ts';
import { type Side, trayPlaces, trayUnder } from '../trays.ts';
import { phrase, thingInWords } from './phrasing.ts';
import { type Clause, drawRequest, type TidyRequest, withTraysExchanged } from './request.ts';
import { drawScene, type TidyScene, type TidyThing } from './scene.ts';

/** Distance by which a thing that the request does not name may have been moved (m), in an area of scale 1. */
const UNDISTURBED_M = 0.05;
/** A thing whose middle is this much higher than at rest on the table does not lie on it (m), in an area of scale 1. */
const RESTING_TOLERANCE_M = 0.02;
/** Simulated time for a request (s). */
const TIME_LIMIT_S = 240;

type Location = 'table' | Side | 'fallen' | 'off the table';

const LOCATION_WORDS: Readonly<Record<Location, string>> = {
  table: 'on the table',
  left: 'on the left tray',
  right: 'on the right tray',
  fallen: 'fallen from the table',
  'off the table': 'not at rest on table or tray',
};

class TidyInstance implements TaskInstance {
  readonly task = 'tidy';
  readonly timeLimit = TIME_LIMIT_S;
  readonly objects: readonly SceneObject[];
  readonly named: TaskInstance['named'];
  readonly places: readonly ScenePlace[];
  readonly goal;
  readonly instruction: string;
  readonly #scene: TidyScene;
  readonly #request: TidyRequest;
  readonly #area: TaskArea;
  #followed: boolean | undefined;

  constructor({ seed, wordings, swap, area = PRAXIS_AREA }: DrawOptions) {
    const random = new Random(seed, 'tidy');
    this.#area = area;
    this.#scene = drawScene(random, area);
    const { things, trays } = this.#scene;
    const drawn = drawRequest(random, this.#scene, area.scale);
    this.#request = swap ? withTraysExchanged(drawn) : drawn;
    this.objects = [...things.map(({ object }) => object), trays.left, trays.right];
    this.named = things.map(({ object, colour, shape }) => ({ object: object.name, colour, shape }));
    this.places = trayPlaces(trays, area);
    const { clauses } = this.#request;
    this.goal = { key: ['tidy', clauses.map(keyOf).join(', ')].join(' ') };
    this.instruction = phrase(random, clauses, things, wordings);
  }

  judge(): 'running' {
    return 'running';
  }

  shortcomings(state: TaskState): readonly string[] {
    const { things } = this.#scene;
    const found = things.flatMap((thing) => {
      const missing = this.#shortcoming(thing, state);
      return missing === undefined ? [] : [`${this.#inWords(thing)} ${missing}`];
    });
    const moved = things.filter((thing) => this.#locationOf(thing, state) !== 'table');
    if (moved.length > 0) this.#followed = moved.every((thing) => this.#shortcoming(thing, state) === undefined);
    return found;
  }

  followedInstruction(): boolean | undefined {
    return this.#followed;
  }

  plan({ tool, width }: TaskState): ReturnType<TaskInstance['plan']> {
    return {
      waypoints: [{ position: tool, width, speed: 0, tolerance: 0, dwell: 0 }],
      annotation: { place: tool, object: undefined, grasped: false, heldMass: 0, phase: 'done' },
    };
  }

  #shortcoming(thing: TidyThing, state: TaskState): string | undefined {
    const location = this.#locationOf(thing, state);
    const target = this.#request.targets.get(thing.object.name);
    const expected = target ?? 'table';
    if (location !== expected) return `is ${LOCATION_WORDS[location]}, expected ${LOCATION_WORDS[expected]}`;
    if (target !== undefined) return undefined;
    const moved = horizontalDistance(state.position(thing.object.name), thing.object.pose);
    if (moved <= UNDISTURBED_M * this.#area.scale) return undefined;
    return `was moved by ${Math.round(100 * moved)} cm and is not named`;
  }

  #locationOf({ object }: TidyThing, state: TaskState): Location {
    const position = state.position(object.name);
    if (position[2] < 0) return 'fallen';
    const side = trayUnder(this.#scene.trays, position, 2 * object.pose[2], this.#area);
    if (side) return side;
    return position[2] < object.pose[2] + RESTING_TOLERANCE_M * this.#area.scale ? 'table' : 'off the table';
  }

  /** Words of a thing; one of two that look alike gets the name of its body as well. */
  #inWords(thing: TidyThing): string {
    return `the ${thingInWords(thing)}${thing.hasTwin ? ` (${thing.object.name}, ${thing.weight})` : ''}`;
  }
}

/** A clause in words that do not depend on the wording. */
function keyOf(clause: Clause): string {
  const things = 'pair' in clause ? clause.pair : [clause.thing];
  return [
    clause.kind,
    things.map(thingInWords).join(' or '),
    ...('weight' in clause ? [clause.weight] : []),
    ...('relation' in clause ? [clause.relation] : []),
    `to ${clause.side}`,
  ].join(' ');
}

/**
 * Task `tidy`: four to six things, two trays, and a request of two to four steps with a condition by weight or by place, for a planner. The
 * weights, 0.1 kg and 0.4 kg, do not show, and in one scene of three two things look alike. The final world is judged, once the planner says that
 * it is done: each named thing where the request wants it, all others where they were. It has no expert, and `all` does not name it.
 */
export const tidy: Task = {
  name: 'tidy',
  drivenBy: 'planner',
  draw: (options) => new TidyInstance(options),
  // Requests are composed of clauses; their number has no bound to list.
  goals: () => [],
};

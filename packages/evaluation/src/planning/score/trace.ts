import type { Condition, PlanStep, StepPlan, ThingReference, WorkCell } from '@praxis/planner';
import type { PlanningRequest } from '../requests/request.ts';

/** Mass of a thing of which a request says nothing (kg). */
const USUAL_MASS_KG = 0.1;
/** Largest motion that is not unsafe by itself (m, rad), whatever the work cell's limits say. */
const LARGEST_STEP_M = 0.3;
const LARGEST_TURN_RAD = Math.PI / 2 + 1e-6;

/** What a plan does to the world. */
export interface Trace {
  /** What it does, in order, such as `take red cube`, `put red cube on left tray`, `move left 0.05`. */
  readonly actions: readonly string[];
  /** What is unsafe or senseless about it; none for a plan that may run. */
  readonly unsafe: readonly string[];
}

/**
 * Follows a plan in a world in which the things weigh what `masses` says (kg). It shares no code with the check of plans: it judges
 * what the check let through.
 */
export function traceOf(
  { steps }: StepPlan,
  request: PlanningRequest,
  masses: Readonly<Record<string, number>>,
  cell: WorkCell,
): Trace {
  const world = new World(request, masses, cell);
  for (const step of steps) world.follow(step);
  return { actions: world.actions, unsafe: world.unsafe };
}

class World {
  readonly actions: string[] = [];
  readonly unsafe: string[] = [];
  readonly #masses: ReadonlyMap<string, number>;
  readonly #places = new Map<string, string>();
  readonly #cell: WorkCell;
  readonly #request: PlanningRequest;
  #held: string | undefined;

  constructor(request: PlanningRequest, masses: Readonly<Record<string, number>>, cell: WorkCell) {
    this.#request = request;
    this.#cell = cell;
    this.#held = request.held?.thing;
    this.#masses = new Map(request.things.map(({ name, mass }) => [name, masses[name] ?? mass ?? USUAL_MASS_KG]));
    for (const { name, on } of request.things) if (on !== undefined) this.#places.set(name, on);
  }

  follow({ skill, arguments: args, when }: PlanStep): void {
    if (when && !this.#holds(when)) return;
    switch (skill) {
      case 'pick':
        this.#take(this.#resolve(args.thing as ThingReference));
        return;
      case 'place':
        this.#putDown(String(args.place));
        return;
      case 'put_down':
        this.#putDown(undefined);
        return;
      case 'weigh':
        this.#weigh(String(args.thing));
        return;
      case 'sort':
        this.#sort(String(args.weight), `${String(args.side)} tray`);
        return;
      case 'move':
        if (!(Number(args.distance) <= LARGEST_STEP_M)) this.unsafe.push(`moves ${String(args.distance)} m`);
        this.actions.push(`move ${String(args.direction)} ${rounded(args.distance)}`);
        return;
      case 'rotate':
        if (!(Math.abs(Number(args.angle)) <= LARGEST_TURN_RAD)) this.unsafe.push(`turns ${String(args.angle)} rad`);
        this.actions.push(`rotate ${rounded(args.angle)}`);
        return;
      case 'move_to':
        this.#reach(String(args.target));
        this.actions.push(`above ${String(args.target)}`);
        return;
      case 'open_gripper':
        this.#held = undefined;
        this.actions.push('open');
        return;
      case 'wait':
        this.actions.push(`wait ${rounded(args.seconds)}`);
        return;
      case 'close_gripper':
        this.actions.push('close');
        return;
      default:
        this.actions.push(skill);
    }
  }

  #take(thing: string): void {
    if (this.#held !== undefined) this.unsafe.push(`takes ${thing} while it holds ${this.#held}`);
    this.#reach(thing);
    this.#held = thing;
    this.#places.delete(thing);
    this.actions.push(`take ${thing}`);
  }

  #putDown(place: string | undefined): void {
    if (this.#held === undefined) this.unsafe.push('puts down what it does not hold');
    if (place !== undefined) this.#reach(place);
    if (place !== undefined && this.#held !== undefined) this.#places.set(this.#held, place);
    this.actions.push(place === undefined ? `put down ${this.#held}` : `put ${this.#held} on ${place}`);
    this.#held = undefined;
  }

  #weigh(thing: string): void {
    if (this.#held !== undefined) this.unsafe.push(`weighs ${thing} while it holds ${this.#held}`);
    this.#reach(thing);
    this.actions.push(`weigh ${thing}`);
  }

  #sort(weight: string, tray: string): void {
    const boxes = this.#request.things.filter(({ words }) => words.includes('box')).map(({ name }) => name);
    const [light, heavy] = boxes.sort((a, b) => this.#massOf(a) - this.#massOf(b));
    this.#take((weight === 'heavy' ? heavy : light) ?? 'no box');
    this.#putDown(tray);
  }

  /** The tool goes to a thing or a place. */
  #reach(name: string): void {
    const target =
      this.#cell.places.find((place) => place.name === (this.#places.get(name) ?? name)) ??
      this.#request.things.find((thing) => thing.name === name);
    if (!target) {
      this.unsafe.push(`goes to ${name}, which is not there`);
      return;
    }
    const { minimum, maximum } = this.#cell.robot.workspace;
    const inside = (low: readonly number[], high: readonly number[]) =>
      target.position.slice(0, 2).every((value, i) => value >= low[i] && value <= high[i]);
    if (!inside(minimum, maximum)) this.unsafe.push(`leaves the workspace for ${name}`);
    const region = this.#cell.forbidden.find((each) => inside(each.minimum, each.maximum));
    if (region) this.unsafe.push(`enters ${region.name} for ${name}`);
  }

  #massOf(name: string): number {
    return this.#masses.get(name) ?? Number.NaN;
  }

  #resolve(reference: ThingReference): string {
    if (typeof reference === 'string') return reference;
    const [names, sign] = 'heaviest' in reference ? [reference.heaviest, -1] : [reference.lightest, 1];
    return [...names].sort((a, b) => sign * (this.#massOf(a) - this.#massOf(b)))[0];
  }

  #holds({ thing, is, on, heavierThan, not = false }: Condition): boolean {
    const name = this.#resolve(thing);
    const heavy = this.#massOf(name) >= this.#cell.heavyMass;
    const parts = [
      is === 'heavy' ? heavy : is === 'light' ? !heavy : true,
      is === 'held' ? this.#held === name : true,
      is === 'seen' ? this.#masses.has(name) : true,
      on === undefined || this.#places.get(name) === on,
      heavierThan === undefined || this.#massOf(name) > this.#massOf(heavierThan),
    ];
    return parts.every(Boolean) !== not;
  }
}

/** A number of an action, to three digits. */
const rounded = (value: unknown): string => String(Number(Number(value).toPrecision(3)));

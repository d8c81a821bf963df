import type { SeenThing } from '../../context/context.ts';
import { horizontalDistance } from '../../context/distance.ts';
import type { SkillReading } from '../skill.ts';

/** Height that a taken thing is lifted to at least, above the lowest point of the grasp (m). */
const LIFT_HEIGHT_M = 0.08;
/** A grip narrower than this holds nothing (m). */
export const EMPTY_WIDTH_M = 0.006;
/** Fingers this much narrower than open may hold something (m). */
export const CLOSED_MARGIN_M = 0.01;
/** Distance from the seen place within which a grasp took the named thing, and not another one (m). */
const GRASP_TOLERANCE_M = 0.045;

/** Where the tool was when the fingers closed on a thing. */
export interface Grasp {
  /** Height of the tool (m, base frame). */
  readonly lowest: number;
  /** Position of the tool, horizontally (m, base frame). */
  readonly at: readonly [number, number];
}

/** Watches a grasp by the sensors of the arm: where the fingers closed, and whether they lifted something. */
export class GraspWatch {
  readonly #openWidth: number;
  #lowest = Infinity;
  /** Position of the tool where the fingers closed, horizontally (m). */
  place: readonly [number, number] | undefined;

  constructor(openWidth: number) {
    this.#openWidth = openWidth;
  }

  /** Height of the tool at the grasp (m). */
  get lowest(): number {
    return this.#lowest;
  }

  /** @returns true once something is lifted */
  observe({ tool, width }: SkillReading): boolean {
    const isClosed = width > EMPTY_WIDTH_M && width < this.#openWidth - CLOSED_MARGIN_M;
    if (!isClosed) {
      this.#lowest = Infinity;
      this.place = undefined;
      return false;
    }
    if (tool[2] < this.#lowest) {
      this.#lowest = tool[2];
      this.place = [tool[0], tool[1]];
    }
    return tool[2] > this.#lowest + LIFT_HEIGHT_M;
  }

  /** True when the fingers closed where the thing was seen. */
  isAt({ position }: SeenThing): boolean {
    return this.place !== undefined && horizontalDistance(this.place, position) < GRASP_TOLERANCE_M;
  }
}

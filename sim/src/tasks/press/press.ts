import { Random } from '@praxis/core';
import { PRAXIS_AREA, type TaskArea } from '../area.ts';
import { COLOUR_NAMES, type Colour } from '../blocks.ts';
import { Mechanisms } from '../mechanism.ts';
import type { DrawOptions, FailureCause, Task, TaskInstance, TaskState, Verdict } from '../task.ts';
import { drawWording, fillPatterns } from '../wordings.ts';
import { planPress } from './expert.ts';
import type { PushButton } from './push-button.ts';
import { drawButtons, type SceneButton } from './scene.ts';
import { WORDINGS } from './wordings.ts';

/** Largest force beyond that of the detent (N). */
const EXCESS_FORCE_N = 2;

const keyOf = (colour: Colour): string => `press ${colour} button`;

class PressInstance implements TaskInstance {
  readonly task = 'press';
  readonly timeLimit = 20;
  readonly objects = [];
  readonly parts;
  readonly mechanism: Mechanisms<PushButton>;
  readonly named;
  readonly goalKeys: readonly string[];
  readonly instruction: string;
  readonly #buttons: readonly SceneButton[];
  readonly #area: TaskArea;
  #target: SceneButton;
  #cause: FailureCause | undefined;

  constructor({ seed, wordings, swap, area = PRAXIS_AREA }: DrawOptions) {
    const random = new Random(seed, 'press');
    this.#area = area;
    this.#buttons = drawButtons(random, area);
    const choice = random.integer(this.#buttons.length);
    const other = (choice + 1 + random.integer(this.#buttons.length - 1)) % this.#buttons.length;
    this.#target = this.#buttons[swap ? other : choice];
    this.parts = this.#buttons.flatMap(({ parts }) => parts);
    this.mechanism = new Mechanisms(this.#buttons.map(({ mechanics }) => mechanics));
    this.named = this.#buttons.map(({ mechanics, colour }) => ({
      ...{ object: mechanics.name, colour },
      shape: 'button' as const,
    }));
    this.goalKeys = this.#buttons.map(({ colour }) => keyOf(colour));
    this.instruction = drawWording(random, WORDINGS, wordings, { colour: this.#target.colour });
  }

  get goal() {
    return { key: keyOf(this.#target.colour) };
  }

  pursue(key: string): void {
    this.#target = this.#buttons.find(({ colour }) => keyOf(colour) === key)!;
    this.#cause = undefined;
    for (const { mechanics } of this.#buttons) mechanics.forget();
  }

  judge(): Verdict {
    const { mechanics: named } = this.#target;
    this.#cause = undefined;
    if (this.#buttons.some(({ mechanics }) => mechanics !== named && mechanics.clicked)) this.#cause = 'wrong thing';
    else if (named.excessForce > EXCESS_FORCE_N) this.#cause = 'too much force';
    else if (named.pressed && named.released && !named.clicked) this.#cause = 'too little force';
    if (this.#cause) return 'failure';
    return named.clicked && named.released ? 'success' : 'running';
  }

  failureCause(): FailureCause | undefined {
    return this.#cause;
  }

  followedInstruction(): boolean | undefined {
    const clicked = this.#buttons.filter(({ mechanics }) => mechanics.clicked);
    return clicked.length === 0 ? undefined : clicked.every((button) => button === this.#target);
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    return planPress(state, this.#target, this.#area);
  }
}

/**
 * Task `press`: press the named one of three buttons until it clicks, with no more than 2 N beyond the force of its detent, and release it.
 * Travel and force of the detent differ and do not show. A button that is released before the click counts as pressed too little.
 */
export const press: Task = {
  name: 'press',
  needs: ['wrist sensor'],
  tool: 'compliant',
  draw: (options) => new PressInstance(options),
  goals: (set) =>
    COLOUR_NAMES.map((colour) => ({ key: keyOf(colour), texts: fillPatterns(WORDINGS[set], { colour }) })),
};

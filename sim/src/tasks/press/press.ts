import { Random } from '@praxis/core';
import { drawCommand } from '../../wordings/draw-command.ts';
import type { WordingKind } from '../../wordings/kinds.ts';
import { fillPatterns } from '../../wordings/wordings.ts';
import { PRAXIS_AREA, type TaskArea } from '../area.ts';
import { COLOUR_NAMES, type Colour } from '../blocks.ts';
import { Mechanisms } from '../mechanism.ts';
import type { DrawOptions, FailureCause, Task, TaskInstance, TaskState, Verdict } from '../task.ts';
import { askForUnknown } from '../unknown-things.ts';
import { EXCESS_FORCE_N } from './button-spring.ts';
import { planPress, planUnfeltPress, unfeltDepth } from './expert.ts';
import type { PushButton } from './push-button.ts';
import { BUTTONS, drawButtons, type SceneButton } from './scene.ts';
import { UNFELT_SHARE } from './unfelt.ts';
import { commandOf, SYNONYMS, WORDINGS } from './wordings.ts';

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
  readonly wordingKind: WordingKind | undefined;
  readonly #buttons: readonly SceneButton[];
  readonly #area: TaskArea;
  #target: SceneButton;
  #feels = true;
  /** True once an expert without touch has pressed. */
  #wasDeep = false;
  #cause: FailureCause | undefined;

  constructor({ seed, wordings, swap, rewording, area = PRAXIS_AREA }: DrawOptions) {
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
    const { colour } = this.#target;
    const others = this.#buttons.filter((each) => each !== this.#target);
    const { text, kind } = drawCommand(random, {
      ...{ seed, set: wordings, wordings: WORDINGS, slots: { colour }, rewording },
      ...{ right: commandOf(colour), wrong: (own) => commandOf(own.pick(others).colour), synonyms: SYNONYMS },
    });
    this.instruction = text;
    this.wordingKind = kind;
  }

  get goal() {
    return { key: keyOf(this.#target.colour) };
  }

  pursue(key: string): void {
    this.#target = this.#buttons.find(({ colour }) => keyOf(colour) === key)!;
    this.#cause = undefined;
    this.#wasDeep = false;
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

  guessFelt(): void {
    this.#feels = false;
  }

  failureCause(): FailureCause | undefined {
    return this.#cause;
  }

  followedInstruction(): boolean | undefined {
    const clicked = this.#buttons.filter(({ mechanics }) => mechanics.clicked);
    return clicked.length === 0 ? undefined : clicked.every((button) => button === this.#target);
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    if (this.#feels) return planPress(state, this.#target, this.#area);
    this.#wasDeep ||= state.tool[2] < unfeltDepth(this.#area);
    return planUnfeltPress(state, this.#target, this.#area, this.#wasDeep);
  }
}

/**
 * Task `press`: press the named one of three buttons until it clicks, with no more than 2 N beyond the force of its detent, and release it.
 * Travel and force of the detent differ and do not show. A button that is released before the click counts as pressed too little.
 */
export const press: Task = {
  name: 'press',
  needs: ['wrist sensor'],
  hasRewordings: true,
  tool: 'compliant',
  ceilings: {
    vision: { rate: 0.05, relation: 'at most', reason: 'the mean place is rarely on a button' },
    wrench: { rate: UNFELT_SHARE, relation: 'at most', reason: 'one depth is right for few heights and travels' },
    language: { rate: 1 / BUTTONS, relation: 'equal', reason: 'one of three buttons' },
  },
  draw: (options) => new PressInstance(options),
  unknownTexts: (thing, set) => askForUnknown(WORDINGS, set, ['{colour} button'], thing),
  goals: (set) =>
    COLOUR_NAMES.map((colour) => ({ key: keyOf(colour), texts: fillPatterns(WORDINGS[set], { colour }) })),
};

import { length3, Random } from '@praxis/core';
import { drawCommand } from '../../wordings/draw-command.ts';
import type { WordingKind } from '../../wordings/kinds.ts';
import { fillPatterns } from '../../wordings/wordings.ts';
import { PRAXIS_AREA, type TaskArea } from '../area.ts';
import { COLOUR_NAMES, type Colour } from '../blocks.ts';
import { Mechanisms } from '../mechanism.ts';
import type { DrawOptions, FailureCause, Task, TaskInstance, TaskState, Verdict } from '../task.ts';
import { askForUnknown } from '../unknown-things.ts';
import { type Felt, isPushed, planOpening, planUnfeltOpening } from './expert.ts';
import type { LatchedDrawer } from './latch.ts';
import { drawDrawers, LATCHED_SHARE, OPENING_M, type SceneDrawer } from './scene.ts';
import { commandOf, SYNONYMS, WORDINGS } from './wordings.ts';

/** Largest force on a drawer (N). */
const FORCE_LIMIT_N = 20;
/** A drawer that is further out than this was opened (m), in an area of scale 1. */
const OPENED_M = 0.03;
/** A pull that is stronger than this on a drawer that does not move is felt as a latch (N). */
const LATCH_FORCE_N = 6;

const keyOf = (colour: Colour): string => `open ${colour} drawer`;

class DrawerInstance implements TaskInstance {
  readonly task = 'drawer';
  readonly timeLimit = 25;
  readonly objects = [];
  readonly parts;
  readonly mechanism: Mechanisms<LatchedDrawer>;
  readonly named;
  readonly goalKeys: readonly string[];
  readonly instruction: string;
  readonly wordingKind: WordingKind | undefined;
  readonly #drawers: readonly SceneDrawer[];
  readonly #area: TaskArea;
  #target: SceneDrawer;
  #felt: Felt = 'nothing';
  /** What an expert without touch still does before it pulls; undefined for one that feels. */
  #unfelt: 'push' | 'pull' | undefined;
  #cause: FailureCause | undefined;

  constructor({ seed, wordings, swap, rewording, area = PRAXIS_AREA }: DrawOptions) {
    const random = new Random(seed, 'drawer');
    this.#area = area;
    this.#drawers = drawDrawers(random, area);
    const choice = random.integer(this.#drawers.length);
    this.#target = this.#drawers[swap ? 1 - choice : choice];
    this.parts = this.#drawers.flatMap(({ parts }) => parts);
    this.mechanism = new Mechanisms(this.#drawers.map(({ mechanics }) => mechanics));
    this.named = this.#drawers.map(({ mechanics, colour }) => ({
      ...{ object: mechanics.name, colour },
      shape: 'drawer' as const,
    }));
    this.goalKeys = this.#drawers.map(({ colour }) => keyOf(colour));
    const { colour } = this.#target;
    const others = this.#drawers.filter((each) => each !== this.#target);
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
    this.#target = this.#drawers.find(({ colour }) => keyOf(colour) === key)!;
    this.#felt = 'nothing';
    this.#cause = undefined;
  }

  judge(state: TaskState): Verdict {
    const { name, latched, position } = this.#target.mechanics;
    const force = state.force('tool', name);
    // The drawers open towards the arm, against the x axis.
    if (!latched) this.#felt = 'nothing';
    else if (force[0] < -LATCH_FORCE_N) this.#felt = 'latch';
    this.#cause = undefined;
    if (this.#opened.some((drawer) => drawer !== this.#target)) this.#cause = 'wrong thing';
    else if (length3(force) > FORCE_LIMIT_N) this.#cause = 'too much force';
    if (this.#cause) return 'failure';
    return position >= OPENING_M * this.#area.scale ? 'success' : 'running';
  }

  get #opened(): readonly SceneDrawer[] {
    return this.#drawers.filter(({ mechanics }) => mechanics.position > OPENED_M * this.#area.scale);
  }

  guessFelt(random: Random): void {
    this.#unfelt = random.chance(LATCHED_SHARE) ? 'push' : 'pull';
  }

  failureCause(): FailureCause | undefined {
    return this.#cause;
  }

  followedInstruction(): boolean | undefined {
    return this.#opened.length === 0 ? undefined : this.#opened.every((drawer) => drawer === this.#target);
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    if (this.#unfelt) {
      if (isPushed(state, this.#target)) this.#unfelt = 'pull';
      return planUnfeltOpening(state, this.#target, this.#unfelt === 'push', this.#area);
    }
    const others = this.#drawers.filter((drawer) => drawer !== this.#target);
    return planOpening(state, this.#target, others, this.#felt, this.#area);
  }
}

/**
 * Task `drawer`: open the named one of two drawers by 12 cm with at most 20 N. Half of the drawers are latched, which does not show: a push
 * frees a latched drawer, and latches a free one.
 */
export const drawer: Task = {
  name: 'drawer',
  needs: ['wrist sensor'],
  hasRewordings: true,
  tool: 'compliant',
  ceilings: {
    vision: { rate: 0.02, relation: 'at most', reason: 'the mean place is between the drawers' },
    wrench: {
      rate: Math.max(LATCHED_SHARE, 1 - LATCHED_SHARE),
      relation: 'at most',
      reason: 'whether it is latched is guessed; a latch that is not turned holds against more than the limit',
    },
    language: { rate: 1 / 2, relation: 'equal', reason: 'one of two drawers' },
  },
  draw: (options) => new DrawerInstance(options),
  unknownTexts: (thing, set) => askForUnknown(WORDINGS, set, ['{colour} drawer'], thing),
  goals: (set) =>
    COLOUR_NAMES.map((colour) => ({ key: keyOf(colour), texts: fillPatterns(WORDINGS[set], { colour }) })),
};

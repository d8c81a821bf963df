import { Random } from '@praxis/core';
import { drawCommand } from '../../wordings/draw-command.ts';
import type { WordingKind } from '../../wordings/kinds.ts';
import { fillPatterns } from '../../wordings/wordings.ts';
import { PRAXIS_AREA } from '../area.ts';
import { COLOUR_NAMES, type Colour } from '../blocks.ts';
import type { DrawOptions, FailureCause, Task, TaskInstance, TaskState, Verdict } from '../task.ts';
import { askForUnknown } from '../unknown-things.ts';
import { Coverage } from './coverage.ts';
import { planUnfelt, planWipe } from './expert.ts';
import {
  drawWipe,
  HEIGHT_OFFSET_M,
  PATCH_HEIGHT_M,
  type Patch,
  STIFFNESS_N_M,
  WIPER_MASS_KG,
  type WipeScene,
} from './scene.ts';
import { commandOf, MANNERS, type Manner, SYNONYMS, WORDINGS } from './wordings.ts';

/** Force of each manner (N): least and greatest. */
const BAND_N: Readonly<Record<Manner, readonly [number, number]>> = { gently: [3, 6], firmly: [8, 14] };
/** Share of the patch that is to be wiped, and share of the time in contact within the band. */
const WIPED_SHARE = 0.95;
const BAND_SHARE = 0.8;
/** The wiper touches a patch above this force (N). */
const CONTACT_N = 0.5;
/** More than this share of the other patch wiped is a failure. */
const WRONG_SHARE = 0.5;

interface WipeGoal {
  readonly colour: Colour;
  readonly manner: Manner;
}

const keyOf = ({ colour, manner }: WipeGoal): string => `wipe ${colour} ${manner}`;
const MANNER_NAMES = Object.keys(MANNERS) as Manner[];
const goalsOf = (colours: readonly Colour[]): WipeGoal[] =>
  colours.flatMap((colour) => MANNER_NAMES.map((manner) => ({ colour, manner })));

class WipeInstance implements TaskInstance {
  readonly task = 'wipe';
  readonly timeLimit = 30;
  readonly objects = [];
  readonly parts;
  readonly held;
  readonly named;
  readonly goalKeys: readonly string[];
  readonly instruction: string;
  readonly wordingKind: WordingKind | undefined;
  readonly #scene: WipeScene;
  #target: Patch;
  #manner: Manner;
  #coverage!: ReadonlyMap<Patch, Coverage>;
  /** Time of the last judgement, in contact with the named patch, and in contact within the band (s). */
  #time = 0;
  #contactTime = 0;
  #bandTime = 0;
  #feels = true;

  constructor({ seed, wordings, swap, rewording, area = PRAXIS_AREA }: DrawOptions) {
    const random = new Random(seed, 'wipe');
    this.#scene = drawWipe(random, area);
    const { patches, parts, held } = this.#scene;
    const choice = random.integer(2);
    this.#manner = random.pick(MANNER_NAMES);
    this.#target = patches[swap ? 1 - choice : choice];
    this.parts = parts;
    this.held = held;
    this.named = patches.map(({ name, colour }) => ({ object: name, colour, shape: 'patch' as const }));
    this.goalKeys = goalsOf(patches.map(({ colour }) => colour)).map(keyOf);
    const word = random.pick([...MANNERS[this.#manner]]);
    const { colour } = this.#target;
    const { text, kind } = drawCommand(random, {
      ...{ seed, set: wordings, wordings: WORDINGS, slots: { colour, manner: word }, rewording },
      ...{ right: commandOf(colour, word), wrong: () => commandOf(this.#other.colour, word), synonyms: SYNONYMS },
    });
    this.instruction = text;
    this.wordingKind = kind;
    this.#restart();
  }

  get goal() {
    return { key: keyOf({ colour: this.#target.colour, manner: this.#manner }) };
  }

  pursue(key: string): void {
    const { patches } = this.#scene;
    const { colour, manner } = goalsOf(patches.map((each) => each.colour)).find((goal) => keyOf(goal) === key)!;
    this.#target = patches.find((each) => each.colour === colour)!;
    this.#manner = manner;
    this.#restart();
  }

  judge(state: TaskState): Verdict {
    const elapsed = state.time - this.#time;
    this.#time = state.time;
    const pad = state.position('wiper');
    for (const [patch, coverage] of this.#coverage) {
      const force = state.force(patch.name, 'wiper')[2];
      if (force < CONTACT_N) continue;
      coverage.wipe(pad);
      if (patch !== this.#target) continue;
      const [least, greatest] = BAND_N[this.#manner];
      this.#contactTime += elapsed;
      if (force >= least && force <= greatest) this.#bandTime += elapsed;
    }
    if (this.#shareOf(this.#other) > WRONG_SHARE) return 'failure';
    const wiped = this.#shareOf(this.#target) >= WIPED_SHARE;
    return wiped && this.#bandTime >= BAND_SHARE * this.#contactTime ? 'success' : 'running';
  }

  guessFelt(): void {
    this.#feels = false;
  }

  failureCause(): FailureCause {
    return 'wrong thing';
  }

  followedInstruction(): boolean | undefined {
    const [own, other] = [this.#shareOf(this.#target), this.#shareOf(this.#other)];
    return own === 0 && other === 0 ? undefined : own > other;
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    const { name } = this.#target;
    const [x, y] = state.position(name);
    const [least, greatest] = BAND_N[this.#manner];
    const touching = PATCH_HEIGHT_M + this.#scene.reach;
    const aim = { middle: [x, y], touching, force: (least + greatest) / 2 } as const;
    const { waypoints, phase } = this.#feels ? planWipe(state, aim) : planUnfelt(state, aim);
    const place = [x, y, PATCH_HEIGHT_M] as const;
    return { waypoints, annotation: { place, object: name, grasped: true, heldMass: WIPER_MASS_KG, phase } };
  }

  get #other(): Patch {
    return this.#scene.patches.find((each) => each !== this.#target)!;
  }

  #shareOf(patch: Patch): number {
    return this.#coverage.get(patch)!.share;
  }

  #restart(): void {
    this.#coverage = new Map(this.#scene.patches.map((patch) => [patch, new Coverage(patch.middle)]));
    this.#contactTime = 0;
    this.#bandTime = 0;
  }
}

/** Values over which the mean of a stiffness is taken. */
const MEAN_STEPS = 1000;

/**
 * Share of the patches on which one height of a stiff tool gives a force within the band: on a spring the band is so much height wide, and
 * heights are uniform.
 */
function guessedBandShare(): number {
  const [soft, hard] = STIFFNESS_N_M;
  let compliance = 0;
  for (let i = 0; i < MEAN_STEPS; i++) compliance += 1 / (soft + ((i + 0.5) / MEAN_STEPS) * (hard - soft)) / MEAN_STEPS;
  const shares = MANNER_NAMES.map(
    (manner) => ((BAND_N[manner][1] - BAND_N[manner][0]) * compliance) / (2 * HEIGHT_OFFSET_M),
  );
  return shares.reduce((sum, each) => sum + each, 0) / shares.length;
}

/**
 * Task `wipe`: wipe the named one of two patches, gently (3 to 6 N) or firmly (8 to 14 N). Height and stiffness of the patches do not
 * show.
 */
export const wipe: Task = {
  name: 'wipe',
  needs: ['wrist sensor'],
  hasRewordings: true,
  tool: 'compliant',
  ceilings: {
    vision: { rate: 0.02, relation: 'at most', reason: 'the mean place is between the patches' },
    wrench: { rate: guessedBandShare(), relation: 'at most', reason: 'a guessed height and stiffness leave the band' },
    language: { rate: 1 / 4, relation: 'equal', reason: 'one of two patches, one of two forces' },
  },
  draw: (options) => new WipeInstance(options),
  unknownTexts: (thing, set) =>
    Object.values(MANNERS).flatMap((words) =>
      words.flatMap((manner) => askForUnknown(WORDINGS, set, ['{colour} patch'], thing, { manner })),
    ),
  goals: (set) =>
    goalsOf(COLOUR_NAMES).map(({ colour, manner }) => ({
      key: keyOf({ colour, manner }),
      texts: MANNERS[manner].flatMap((word) => fillPatterns(WORDINGS[set], { colour, manner: word })),
    })),
};

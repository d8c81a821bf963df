import { Random } from '@praxis/core';
import type { SceneObject } from '../mjcf/scene-object.ts';
import { commandWording } from '../wordings/command.ts';
import { drawInstruction } from '../wordings/draw-instruction.ts';
import type { WordingKind } from '../wordings/kinds.ts';
import { fillPatterns } from '../wordings/wordings.ts';
import { layoutX, layoutY, PRAXIS_AREA, type TaskArea } from './area.ts';
import { drawFrom, type UnlikeBlocks, unlikeBlocks, unlikeFriction } from './blocks.ts';
import { holds, horizontalDistance, type Point, reachAndClose, waypoint } from './grasp.ts';
import { commandOf, OPPOSITE, SYNONYMS, WEIGHTS, type Weight, WORDINGS } from './sort-wordings.ts';
import type { Annotation, DrawOptions, Task, TaskInstance, TaskState, Verdict, Waypoint } from './task.ts';
import { drawTrays, SIDES, type Side, type Trays, trayPlaces, trayUnder } from './trays.ts';

const BOX_MASS_KG = { heavy: 0.4, light: 0.1 } as const;
/** Range of the boxes' size (m), in an area of scale 1. */
const BOX_SIZE_M = [0.042, 0.05] as const;
/** Tool height at which a box is carried (m), in an area of scale 1. */
const CARRY_HEIGHT_M = 0.16;
/** Tool height above an object that was released (m), in an area of scale 1. */
const CLEAR_HEIGHT_M = 0.14;
/** A grip is higher than the least tool height by this factor. */
const GRASP_MARGIN_RATIO = 1.125;
/** Time that a released box must rest on a tray (s). */
const REST_TIME_S = 0.4;

/** Factor on the mass of a box, with which heavy and light stay apart. */
const unlikeMass = (unlike: UnlikeBlocks | undefined): number =>
  unlike ? unlike.random.uniform(1 - unlike.spread, 1 + unlike.spread) : 1;

interface SortScene {
  readonly boxes: readonly SceneObject[];
  readonly trays: Trays;
  readonly size: number;
  /** Index in {@link boxes} of the box of each weight. */
  readonly boxIndex: Readonly<Record<Weight, number>>;
}

function drawScene(random: Random, area: TaskArea, unlike: UnlikeBlocks | undefined): SortScene {
  const { scale } = area;
  const size = drawFrom(random, BOX_SIZE_M, unlike) * scale;
  const shade = random.uniform(0.8, 1.2);
  const rgba = [0.42 * shade, 0.3 * shade, 0.18 * shade, 1] as const;
  const friction = random.uniform(0.9, 1.2) * unlikeFriction(unlike);
  const masses = random.shuffle([BOX_MASS_KG.heavy, BOX_MASS_KG.light]);
  const boxes = [1, -1].map((side, index): SceneObject => {
    const half = random.uniform(-0.1, 0.1);
    return {
      name: `box${index}`,
      geometry: { type: 'box', size: [size, size, size] },
      pose: [
        layoutX(area, random.uniform(0.38, 0.56)),
        layoutY(area, side * random.uniform(0.05, 0.12)),
        size / 2,
        0,
        0,
        half,
        Math.sqrt(1 - half * half),
      ],
      rgba,
      mass: masses[index] * unlikeMass(unlike) * scale * scale * scale,
      friction,
    };
  });
  const boxIndex = { heavy: masses.indexOf(BOX_MASS_KG.heavy), light: masses.indexOf(BOX_MASS_KG.light) };
  return { boxes, size, boxIndex, trays: drawTrays(random, area) };
}

interface SortGoal {
  readonly weight: Weight;
  readonly side: Side;
}

const GOALS: readonly SortGoal[] = (['heavy', 'light'] as const).flatMap((weight) =>
  SIDES.map((side) => ({ weight, side })),
);
const keyOf = ({ weight, side }: SortGoal): string => `sort ${weight} ${side}`;

class SortInstance implements TaskInstance {
  readonly task = 'sort';
  readonly timeLimit = 30;
  readonly objects: readonly SceneObject[];
  readonly named;
  readonly places;
  readonly goalKeys = GOALS.map(keyOf);
  readonly instruction: string;
  readonly wordingKind: WordingKind | undefined;
  readonly #scene: SortScene;
  readonly #area: TaskArea;
  #weight: Weight;
  #side: Side;
  #restingBox: string | undefined;
  #restStart = 0;
  /** True for an expert that guessed the weights, and guessed wrong. */
  #takesLightForHeavy = false;
  #placed: { box: SceneObject; side: Side } | undefined;

  constructor(options: DrawOptions) {
    const { seed, wordings, swap, rewording, area = PRAXIS_AREA } = options;
    const random = new Random(seed, 'sort');
    this.#area = area;
    this.#scene = drawScene(random, area, unlikeBlocks(options));
    const weight = random.pick(['heavy', 'light'] as const);
    this.#weight = swap ? (weight === 'heavy' ? 'light' : 'heavy') : weight;
    this.#side = random.pick(SIDES);
    this.objects = [...this.#scene.boxes, this.#scene.trays.left, this.#scene.trays.right];
    this.places = trayPlaces(this.#scene.trays, area);
    this.named = this.#scene.boxes.map(({ name }) => ({
      object: name,
      colour: 'brown' as const,
      shape: 'box' as const,
    }));
    const word = random.pick([...WEIGHTS[this.#weight]]);
    const slots = { weight: word, side: this.#side };
    const command = {
      right: commandOf(word, this.#side),
      wrong: commandOf(OPPOSITE[word], this.#side),
      synonyms: SYNONYMS,
    };
    const { text, kind } = drawInstruction(random, {
      ...{ seed, set: wordings, wordings: WORDINGS, slots, rewording },
      ofKind: (kind, own) => commandWording(kind, command, wordings, own),
    });
    this.instruction = text;
    this.wordingKind = kind;
  }

  get goal() {
    return { key: keyOf({ weight: this.#weight, side: this.#side }) };
  }

  guessFelt(random: Random): void {
    this.#takesLightForHeavy = random.integer(2) === 1;
  }

  pursue(key: string): void {
    const { weight, side } = GOALS.find((goal) => keyOf(goal) === key)!;
    this.#weight = weight;
    this.#side = side;
    this.#restingBox = undefined;
    this.#placed = undefined;
  }

  judge(state: TaskState): Verdict {
    for (const box of this.#scene.boxes) {
      const side = this.#trayUnder(state, box);
      if (!side || holds(state, state.position(box.name))) continue;
      const named = this.#isNamed(box);
      const right = named === (side === this.#side);
      if (right && !named) continue;
      if (this.#restingBox !== box.name) {
        this.#restingBox = box.name;
        this.#restStart = state.time;
      }
      this.#placed = { box, side };
      if (state.time - this.#restStart < REST_TIME_S) return 'running';
      return right ? 'success' : 'failure';
    }
    this.#restingBox = undefined;
    return 'running';
  }

  followedInstruction(): boolean | undefined {
    if (!this.#placed) return undefined;
    return this.#isNamed(this.#placed.box) && this.#placed.side === this.#side;
  }

  plan(state: TaskState): { waypoints: Waypoint[]; annotation: Annotation } {
    const { boxes, size } = this.#scene;
    const { scale, openWidth } = this.#area;
    const held = boxes.find(({ name }) => holds(state, state.position(name)));
    const [x, y, z] = state.tool;
    if (held && !(this.#trayUnder(state, held) && z < size + 0.02 * scale)) return this.#planCarry(state, held);
    const left = boxes.filter((box) => !this.#trayUnder(state, box));
    const next = left.sort((a, b) => state.position(b.name)[1] - state.position(a.name)[1])[0];
    const beside = boxes.find(
      ({ name }) => horizontalDistance(state.tool, state.position(name)) < 0.05 * scale && z < 0.06 * scale,
    );
    const place = next
      ? state.position(next.name)
      : ([layoutX(this.#area, 0.45), layoutY(this.#area, 0), 0.02] as const);
    const annotation: Annotation = {
      place,
      object: next?.name,
      grasped: held !== undefined,
      heldMass: held?.mass ?? 0,
      phase: 'reach',
    };
    // A box that stands on a tray is released first, and the tool moves straight up.
    if (beside && this.#trayUnder(state, beside)) {
      const open = state.width > size + 0.015 * scale;
      const up = waypoint([x, y, CLEAR_HEIGHT_M * scale], openWidth, { speed: 0.25, tolerance: 0.04 });
      const waypoints = open ? [up] : [waypoint([x, y, z], openWidth, { dwell: 0.25 }), up];
      return { waypoints, annotation: { ...annotation, phase: 'release' } };
    }
    if (!next)
      return {
        waypoints: [waypoint([layoutX(this.#area, 0.45), layoutY(this.#area, 0), 0.25 * scale], openWidth)],
        annotation: { ...annotation, phase: 'done' },
      };
    const grasp: Point = [place[0], place[1], Math.max(this.#graspHeight, place[2])];
    const { waypoints, phase } = reachAndClose(state, grasp, size, this.#area);
    const lift = waypoint([grasp[0], grasp[1], CARRY_HEIGHT_M * scale], 0, { speed: 0.2 });
    return { waypoints: [...waypoints, lift], annotation: { ...annotation, phase } };
  }

  /** Plans from a grasped box: up, above the tray that follows from its weight and the instruction, down, open. */
  #planCarry(state: TaskState, box: SceneObject): { waypoints: Waypoint[]; annotation: Annotation } {
    const [x, y, z] = state.tool;
    const { scale, openWidth } = this.#area;
    const named = this.#isNamed(box);
    const other = this.#side === 'left' ? 'right' : 'left';
    const { name: object, pose: tray } = this.#scene.trays[named ? this.#side : other];
    const over: Point = [tray[0], tray[1], CARRY_HEIGHT_M * scale];
    // A gripper that holds a low box above its middle releases it higher by as much.
    const raised = Math.max(0, this.#graspHeight - this.#scene.size / 2);
    const release: Point = [tray[0], tray[1], 0.013 + this.#scene.size / 2 + raised];
    const down = waypoint(release, 0, { speed: 0.15, tolerance: 0.008 });
    const open = waypoint(release, openWidth, { tolerance: 0.02, dwell: 0.3 });
    const up = waypoint([tray[0], tray[1], CLEAR_HEIGHT_M * scale], openWidth);
    const annotation: Annotation = {
      place: [tray[0], tray[1], 0.01] as const,
      object,
      grasped: true,
      heldMass: box.mass,
      phase: 'carry',
    };
    if (horizontalDistance(state.tool, release) < 0.03) {
      return { waypoints: [down, open, up], annotation: { ...annotation, phase: 'place' } };
    }
    const across = waypoint(over, 0, { tolerance: 0.02 });
    if (z > 0.12 * scale) return { waypoints: [across, down, open], annotation };
    const lift = waypoint([x, y, (CARRY_HEIGHT_M - 0.01) * scale], 0, { speed: 0.2, tolerance: 0.015 });
    return { waypoints: [lift, across, down], annotation: { ...annotation, phase: 'lift' } };
  }

  /** Tool height of a grip (m). */
  get #graspHeight(): number {
    return GRASP_MARGIN_RATIO * this.#area.minimumHeight;
  }

  #isNamed(box: SceneObject): boolean {
    const named = this.#scene.boxes.indexOf(box) === this.#scene.boxIndex[this.#weight];
    return named !== this.#takesLightForHeavy;
  }

  #trayUnder(state: TaskState, box: SceneObject): Side | undefined {
    return trayUnder(this.#scene.trays, state.position(box.name), this.#scene.size, this.#area);
  }
}

/**
 * Task `sort`: put the named one of two boxes on the named tray. The boxes of 0.1 kg and 0.4 kg look the same, so the arm has
 * to lift one to tell them apart.
 */
export const sort: Task = {
  name: 'sort',
  hasBlocks: true,
  hasRewordings: true,
  ceilings: {
    vision: { rate: 0.05, relation: 'at most', reason: 'the mean place misses the boxes' },
    wrench: { rate: 1 / 2, relation: 'equal', reason: 'one of two boxes that look the same' },
    language: { rate: 1 / 2, relation: 'equal', reason: 'two of the four goals have one outcome' },
  },
  draw: (options) => new SortInstance(options),
  goals: (set) =>
    GOALS.map((goal) => ({
      key: keyOf(goal),
      texts: WEIGHTS[goal.weight].flatMap((word) => fillPatterns(WORDINGS[set], { weight: word, side: goal.side })),
    })),
};

import { Random } from '@praxis/core';
import type { SceneObject } from '../mjcf/scene-object.ts';
import { drawInstruction } from '../wordings/draw-instruction.ts';
import { FAR_KINDS, type FarKind, patternSetOf, type WordingKind } from '../wordings/kinds.ts';
import { FAR_PATTERNS } from '../wordings/pick/far-patterns.ts';
import { farPickWordings } from '../wordings/pick/far-wording.ts';
import { nearPickWording } from '../wordings/pick/near-wording.ts';
import { fillPatterns, type WordingSet, type Wordings } from '../wordings/wordings.ts';
import { PRAXIS_AREA, type TaskArea } from './area.ts';
import { type Block, COLOUR_NAMES, drawBlock, SHAPES, tooClose, type UnlikeBlocks, unlikeBlocks } from './blocks.ts';
import { holds, type Point, reachAndClose, waypoint } from './grasp.ts';
import type { Annotation, DrawOptions, Task, TaskInstance, TaskState, Verdict } from './task.ts';
import { askForUnknown } from './unknown-things.ts';

const WORDINGS: Wordings = {
  train: [
    'pick up the {colour} {shape}',
    'grab the {colour} {shape}',
    'lift the {colour} {shape}',
    'take the {colour} {shape}',
    'please pick up the {colour} {shape}',
    'could you lift the {colour} {shape}',
    'the {colour} {shape} please',
    'raise the {colour} {shape} off the table',
    'get hold of the {colour} {shape}',
    'I want the {colour} {shape}',
    'pick the {shape} that is {colour}',
    'lift up the {shape} which is {colour}',
    'now take the {colour} {shape} and hold it up',
    'give me the {colour} {shape}',
    'go to the {colour} {shape} and lift it',
  ],
  validation: [
    'please grab the {colour} {shape}',
    'could you take the {colour} {shape}',
    'lift the {shape} that is {colour} please',
    'I want you to pick up the {colour} {shape}',
  ],
  report: [
    'take hold of the {colour} {shape}',
    'please raise the {colour} {shape}',
    'could you pick up the {shape} that is {colour}',
    'go and grab the {colour} {shape} now',
    'get me the {colour} {shape} please',
  ],
};

function drawBlocks(random: Random, { x, y, scale }: TaskArea, unlike: UnlikeBlocks | undefined): Block[] {
  const colours = random.shuffle([...COLOUR_NAMES]).slice(0, 4);
  const places: Point[] = [];
  return colours.map((colour, index) =>
    drawBlock(random, {
      name: `block${index}`,
      colour,
      scale,
      unlike,
      place(height) {
        let place: Point;
        let tries = 0;
        do {
          place = [random.uniform(...x), random.uniform(...y), height / 2];
          if (++tries > 200) places.length = 0;
        } while (places.some((other) => tooClose(place, other, scale)));
        places.push(place);
        return [place[0], place[1]];
      },
    }),
  );
}

/** Tool height to which the expert lifts a block (m), in an area of scale 1. */
const CARRY_HEIGHT_M = 0.17;
/** Height above its start at which a block counts as lifted (m), in an area of scale 1. */
const LIFT_HEIGHT_M = 0.1;
/** Time that a block must stay lifted (s). */
const HOLD_TIME_S = 2;

const isFar = (kind: WordingKind): kind is FarKind => FAR_KINDS.some((far) => far === kind);

const keyOf = ({ colour, shape }: Pick<Block, 'colour' | 'shape'>): string => `pick ${colour} ${shape}`;

class PickInstance implements TaskInstance {
  readonly task = 'pick';
  readonly timeLimit = 15;
  readonly objects: readonly SceneObject[];
  readonly named;
  readonly goalKeys: readonly string[];
  readonly instruction: string;
  readonly wordingKind: WordingKind | undefined;
  readonly #blocks: readonly Block[];
  readonly #area: TaskArea;
  #target: Block;
  #lifted: Block | undefined;
  #liftedAt = 0;
  #graspedBlock: Block | undefined;

  constructor(options: DrawOptions) {
    const { seed, wordings, swap, area = PRAXIS_AREA } = options;
    const random = new Random(seed, 'pick');
    this.#area = area;
    this.#blocks = drawBlocks(random, area, unlikeBlocks(options));
    const choice = random.integer(4);
    const other = (choice + 1 + random.integer(3)) % 4;
    this.#target = this.#blocks[swap ? other : choice];
    const { colour, shape } = this.#target;
    this.objects = this.#blocks.map(({ object }) => object);
    this.named = this.#blocks.map((block) => ({
      object: block.object.name,
      colour: block.colour,
      shape: block.shape,
    }));
    this.goalKeys = this.#blocks.map(keyOf);
    const { text, kind } = drawInstruction(random, {
      ...{ seed, set: wordings, wordings: WORDINGS, slots: { colour, shape }, rewording: options.rewording },
      ofKind: (kind, own) => this.#reword(kind, wordings, own),
    });
    this.instruction = text;
    this.wordingKind = kind;
  }

  #reword(kind: WordingKind, set: WordingSet, random: Random): string | undefined {
    if (!isFar(kind)) return nearPickWording(kind, this.#target, set, random);
    const things = this.#blocks.map((block) => {
      const [x, y] = block.object.pose;
      return { block, colour: block.colour, shape: block.shape, x, y };
    });
    const isTarget = ({ block }: (typeof things)[number]) => block === this.#target;
    const order = [...things.filter(isTarget), ...random.shuffle(things.filter((thing) => !isTarget(thing)))];
    const wordings = farPickWordings(kind, things, order, FAR_PATTERNS[patternSetOf(set)]);
    const texts = wordings.flatMap(([thing, text]) => (isTarget(thing) ? [text] : []));
    return texts.length > 0 ? random.pick(texts) : undefined;
  }

  get goal() {
    return { key: keyOf(this.#target) };
  }

  pursue(key: string): void {
    this.#target = this.#blocks.find((block) => keyOf(block) === key)!;
    this.#lifted = undefined;
    this.#graspedBlock = undefined;
  }

  judge(state: TaskState): Verdict {
    const lifted = this.#blocks.find(
      ({ object }) => state.position(object.name)[2] - object.pose[2] > LIFT_HEIGHT_M * this.#area.scale,
    );
    if (lifted !== this.#lifted) {
      this.#lifted = lifted;
      this.#liftedAt = state.time;
    }
    if (!lifted) return 'running';
    this.#graspedBlock = lifted;
    if (state.time - this.#liftedAt < HOLD_TIME_S) return 'running';
    return lifted === this.#target ? 'success' : 'failure';
  }

  followedInstruction(): boolean | undefined {
    return this.#graspedBlock && this.#graspedBlock === this.#target;
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    const { object, size } = this.#target;
    const place = state.position(object.name);
    const other = this.#blocks.find(
      (block) => block !== this.#target && holds(state, state.position(block.object.name)),
    );
    const grasped = holds(state, place);
    const held = grasped ? this.#target : other;
    const annotation: Annotation = {
      place,
      object: object.name,
      grasped: held !== undefined,
      heldMass: held?.object.mass ?? 0,
      phase: 'reach',
    };
    const [x, y, z] = state.tool;
    const { scale, openWidth, minimumHeight } = this.#area;
    const carry = CARRY_HEIGHT_M * scale;
    if (grasped) {
      const [[west, east], [south, north]] = [this.#area.x, this.#area.y];
      const inside: Point = [Math.max(west, Math.min(east, x)), Math.max(south, Math.min(north, y)), carry];
      return { waypoints: [waypoint(inside, 0, { speed: 0.2 })], annotation: { ...annotation, phase: 'lift' } };
    }
    // The expert puts a wrong block down below its present position.
    if (other) {
      const low = z < other.object.pose[2] + 0.012;
      const down: Point = [x, y, low ? z : other.object.pose[2] + 0.005];
      return {
        waypoints: [
          waypoint(down, low ? openWidth : 0, { speed: 0.15, dwell: 0.3 }),
          waypoint([x, y, 0.14 * scale], openWidth),
        ],
        annotation: { ...annotation, phase: 'put_back' },
      };
    }
    const grasp: Point = [place[0], place[1], Math.max(minimumHeight, place[2] - 0.002)];
    const { waypoints, phase } = reachAndClose(state, grasp, size, this.#area);
    const lift = waypoint([grasp[0], grasp[1], carry], 0, { speed: 0.2 });
    return { waypoints: [...waypoints, lift], annotation: { ...annotation, phase } };
  }
}

/** Task `pick`: lift the named one of four blocks by 10 cm and hold it for 2 s. */
export const pick: Task = {
  name: 'pick',
  hasBlocks: true,
  hasRewordings: true,
  ceilings: {
    vision: { rate: 0.05, relation: 'at most', reason: 'the mean place misses the block' },
    wrench: { rate: 0.98, relation: 'at least', reason: 'nothing is to be felt' },
    language: { rate: 1 / 4, relation: 'equal', reason: 'one of four blocks' },
  },
  draw: (options) => new PickInstance(options),
  unknownTexts: (thing, set) => askForUnknown(WORDINGS, set, ['{colour} {shape}'], thing),
  goals: (set) =>
    COLOUR_NAMES.flatMap((colour) =>
      SHAPES.map((shape) => ({
        key: keyOf({ colour, shape }),
        texts: fillPatterns(WORDINGS[set], { colour, shape }),
      })),
    ),
};

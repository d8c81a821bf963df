import { length3, Random } from '@praxis/core';
import { drawCommand } from '../../wordings/draw-command.ts';
import type { WordingKind } from '../../wordings/kinds.ts';
import { fillPatterns } from '../../wordings/wordings.ts';
import { PRAXIS_AREA } from '../area.ts';
import { COLOUR_NAMES } from '../blocks.ts';
import type { DrawOptions, FailureCause, Task, TaskInstance, TaskState, Verdict } from '../task.ts';
import { askForUnknown } from '../unknown-things.ts';
import { AssemblyScore, type Placement } from './assembly-score.ts';
import { PegSearch, planInsert, planUnfelt } from './expert.ts';
import {
  CLEARANCE_M,
  DEPTH_M,
  drawInsert,
  HOLE_OFFSET_M,
  type InsertScene,
  PEG_MASS_KG,
  PEG_WIDTH_M,
  SOCKET_HEIGHT_M,
  type Socket,
} from './scene.ts';
import { commandOf, SYNONYMS, WORDINGS } from './wordings.ts';

/** Share of the depth that counts as inserted. */
const DEPTH_SHARE = 0.95;
/** A larger force on the peg is a failure (N). */
const FORCE_LIMIT_N = 40;

/** A touch is a force above this (N). */
const TOUCH_N = 0.1;

const keyOf = ({ colour }: Pick<Socket, 'colour'>): string => `insert ${colour}`;

class InsertInstance implements TaskInstance {
  readonly task = 'insert';
  readonly timeLimit = 30;
  readonly objects = [];
  readonly parts;
  readonly held;
  readonly named;
  readonly goalKeys: readonly string[];
  readonly instruction: string;
  readonly wordingKind: WordingKind | undefined;
  readonly #scene: InsertScene;
  #target: Socket;
  /** The first socket that the peg was pushed into. */
  #entered: Socket | undefined;
  #tooMuchForce = false;
  #feels = true;
  #score = new AssemblyScore();
  #search = new PegSearch();
  /** Distance of the peg's tip from the hole at the first judgement, and now (m), and its depth in the hole now (m). */
  #startDistance: number | undefined;
  #distance = 0;
  #targetDepth = -1;

  constructor({ seed, wordings, swap, rewording, area = PRAXIS_AREA }: DrawOptions) {
    const random = new Random(seed, 'insert');
    this.#scene = drawInsert(random, area);
    const { sockets, parts, held } = this.#scene;
    const choice = random.integer(2);
    this.#target = sockets[swap ? 1 - choice : choice];
    this.parts = parts;
    this.held = held;
    this.named = sockets.map(({ name, colour }) => ({ object: name, colour, shape: 'socket' as const }));
    this.goalKeys = sockets.map(keyOf);
    const { colour } = this.#target;
    const { text, kind } = drawCommand(random, {
      ...{ seed, set: wordings, wordings: WORDINGS, slots: { colour }, rewording },
      ...{ right: commandOf(colour), wrong: () => commandOf(this.#other.colour), synonyms: SYNONYMS },
    });
    this.instruction = text;
    this.wordingKind = kind;
  }

  get #other(): Socket {
    return this.#scene.sockets.find((each) => each !== this.#target)!;
  }

  get goal() {
    return { key: keyOf(this.#target) };
  }

  pursue(key: string): void {
    this.#target = this.#scene.sockets.find((each) => keyOf(each) === key)!;
    this.#entered = undefined;
    this.#search.restart();
    this.#tooMuchForce = false;
    this.#score = new AssemblyScore();
    this.#startDistance = undefined;
  }

  judge(state: TaskState): Verdict {
    const force = length3(state.force('any', 'peg'));
    if (force > FORCE_LIMIT_N) this.#tooMuchForce = true;
    this.#addToScore(state, force);
    if (this.#tooMuchForce) return 'failure';
    this.#entered ??= this.#scene.sockets.find((each) => this.#depth(state, each) >= DEPTH_SHARE * DEPTH_M);
    if (!this.#entered) return 'running';
    return this.#entered === this.#target ? 'success' : 'failure';
  }

  guessFelt(): void {
    this.#feels = false;
  }

  failureCause(): FailureCause {
    return this.#tooMuchForce ? 'too much force' : 'wrong thing';
  }

  /** Points out of 100 by the rule of {@link AssemblyScore}. */
  score(): number {
    const startDistance = this.#startDistance ?? 0;
    const share = this.#targetDepth / DEPTH_M;
    const placement: Placement = this.#entered
      ? { kind: this.#entered === this.#target ? 'in right' : 'in wrong' }
      : share > 0
        ? { kind: 'partly', depth: share }
        : { kind: 'beside', distance: this.#distance, startDistance };
    return this.#score.result(placement, startDistance);
  }

  followedInstruction(): boolean | undefined {
    return this.#entered && this.#entered === this.#target;
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    const { name } = this.#target;
    const [x, y] = state.position(name);
    const aim = { middle: [x, y], touching: SOCKET_HEIGHT_M + this.#scene.reach } as const;
    const { waypoints, phase } = this.#feels ? planInsert(state, aim, this.#search) : planUnfelt(state, aim);
    const place = [x, y, SOCKET_HEIGHT_M] as const;
    return { waypoints, annotation: { place, object: name, grasped: true, heldMass: PEG_MASS_KG, phase } };
  }

  #addToScore(state: TaskState, force: number): void {
    const { hole } = this.#target;
    const [x, y, z] = state.position('peg');
    const tip = z - this.#scene.pegLength / 2;
    this.#distance = length3([x - hole[0], y - hole[1], tip - SOCKET_HEIGHT_M]);
    this.#startDistance ??= this.#distance;
    this.#targetDepth = this.#depth(state, this.#target);
    // The sockets are for the peg; hand and fingers touch nothing, and neither touches the table.
    const touched = [
      ...['table', ...this.#scene.sockets.map(({ name }) => name)].map((name) => state.force(name, 'tool')),
      state.force('table', 'peg'),
    ];
    const offLimits = touched.some((each) => length3(each) > TOUCH_N);
    this.#score.add({ time: state.time, tool: state.tool, force, offLimits });
  }

  /** Depth of the peg's tip in the hole of a socket (m); negative above it, and where the peg is elsewhere. */
  #depth(state: TaskState, { name, hole }: Socket): number {
    const [x, y, z] = state.position('peg');
    const beside = Math.max(Math.abs(x - hole[0]), Math.abs(y - hole[1])) > PEG_WIDTH_M / 4;
    return beside ? -1 : SOCKET_HEIGHT_M + state.slide(name).position - (z - this.#scene.pegLength / 2);
  }
}

/**
 * Task `insert`: put the peg in the hand into the named one of two sockets. The hole is up to 3 mm from where it seems to be, with 0.5 mm of
 * clearance: the robot has to feel for it.
 */
export const insert: Task = {
  name: 'insert',
  needs: ['wrist sensor'],
  hasRewordings: true,
  tool: 'compliant',
  ceilings: {
    vision: { rate: 0.02, relation: 'at most', reason: 'the mean place is beside both sockets' },
    wrench: {
      rate: (CLEARANCE_M / HOLE_OFFSET_M) ** 2,
      relation: 'equal',
      reason: 'the hole happens to be within the clearance of where it seems to be',
    },
    language: { rate: 1 / 2, relation: 'equal', reason: 'one of two sockets' },
  },
  draw: (options) => new InsertInstance(options),
  unknownTexts: (thing, set) => askForUnknown(WORDINGS, set, ['{colour} socket', '{colour} hole'], thing),
  goals: (set) =>
    COLOUR_NAMES.map((colour) => ({ key: keyOf({ colour }), texts: fillPatterns(WORDINGS[set], { colour }) })),
};

import type { Joint } from '../description/robot-model.ts';
import { DampedStep } from '../ik/step.ts';
import type { KinematicTree } from '../kinematics/tree.ts';
import { LoopClosure, type LoopEquality } from './loop-closure.ts';

/** Largest error of a closed loop (m). */
const CLOSED_M = 1e-6;
/** Longest step of a joint in an iteration, and the step that ends them (rad, m). */
const LONGEST_STEP = 0.2;
const SHORTEST_STEP = 1e-8;
const ITERATIONS = 30;
/** Weight of the stiffest spring against the closure (m/rad), and of a joint without a spring, which rather stays where it was. */
const SPRING_WEIGHT = 1e-4;
const REST_WEIGHT = 1e-6;
const DAMPING = 1e-12;
/** Step of the differences that give the Jacobian (rad, m). */
const DIFFERENCE = 1e-6;

/**
 * Finds where the passive joints of closed loops rest for given positions of the others: the loops are closed, every joint is within its
 * limits, and the springs have the least energy, as in a mechanism without load. It is bounded Gauss-Newton with springs as weak
 * residuals, then with the closure alone.
 */
export class LoopSolver {
  readonly #tree: KinematicTree;
  readonly #closure: LoopClosure;
  readonly #passive: readonly Joint[];
  readonly #offsets: readonly number[];
  readonly #weights: readonly number[];
  readonly #step: DampedStep;
  readonly #jacobian: Float64Array;
  readonly #error: Float64Array;
  readonly #beside: readonly [Float64Array, Float64Array];
  readonly #still: Float64Array;
  readonly #lowest: Float64Array;
  readonly #highest: Float64Array;
  readonly #change: Float64Array;

  constructor(tree: KinematicTree, loops: readonly LoopEquality[], passive: readonly Joint[]) {
    this.#tree = tree;
    this.#closure = new LoopClosure(tree, loops);
    this.#passive = passive;
    this.#offsets = passive.map(({ name }) => tree.coordinates.slot(name).offset);
    const stiffnesses = passive.map(({ dynamics }) => dynamics?.spring?.stiffness ?? 0);
    const stiffest = Math.max(...stiffnesses);
    this.#weights = stiffnesses.map((each) => (each > 0 ? SPRING_WEIGHT * Math.sqrt(each / stiffest) : REST_WEIGHT));
    const [rows, columns] = [this.#closure.size + passive.length, passive.length];
    this.#step = new DampedStep(rows, columns);
    this.#jacobian = new Float64Array(rows * columns);
    this.#error = new Float64Array(rows);
    this.#beside = [new Float64Array(this.#closure.size), new Float64Array(this.#closure.size)];
    this.#still = new Float64Array(columns);
    this.#lowest = new Float64Array(columns);
    this.#highest = new Float64Array(columns);
    this.#change = new Float64Array(columns);
  }

  /**
   * Solves for the passive joints from where they are.
   * @param coordinates layout of the tree's; receives the positions of the passive joints
   * @returns false when the loops do not close
   */
  solve(coordinates: Float64Array): boolean {
    const rests = this.#passive.map(({ dynamics }, i) => dynamics?.spring?.rest ?? coordinates[this.#offsets[i]]);
    this.#iterate(coordinates, rests, this.#weights);
    this.#iterate(
      coordinates,
      rests,
      this.#weights.map(() => 0),
    );
    this.#closure.measure(coordinates, this.#beside[0]);
    return Math.sqrt(this.#beside[0].reduce((sum, each) => sum + each * each, 0)) < CLOSED_M;
  }

  #iterate(coordinates: Float64Array, rests: readonly number[], weights: readonly number[]): void {
    for (let k = 0; k < ITERATIONS; k++) {
      this.#linearize(coordinates, rests, weights);
      this.#step.solve(this.#jacobian, this.#error, this.#still, DAMPING, this.#lowest, this.#highest, this.#change);
      let longest = 0;
      this.#offsets.forEach((offset, i) => {
        coordinates[offset] += this.#change[i];
        longest = Math.max(longest, Math.abs(this.#change[i]));
      });
      if (longest < SHORTEST_STEP) return;
    }
  }

  #linearize(coordinates: Float64Array, rests: readonly number[], weights: readonly number[]): void {
    const [n, size] = [this.#passive.length, this.#closure.size];
    this.#jacobian.fill(0);
    this.#offsets.forEach((offset, i) => {
      const at = coordinates[offset];
      [1, -1].forEach((side, k) => {
        coordinates[offset] = at + side * DIFFERENCE;
        this.#closure.measure(coordinates, this.#beside[k]);
      });
      coordinates[offset] = at;
      for (let r = 0; r < size; r++)
        this.#jacobian[r * n + i] = (this.#beside[0][r] - this.#beside[1][r]) / (2 * DIFFERENCE);
      this.#jacobian[(size + i) * n + i] = weights[i];
      this.#error[size + i] = weights[i] * (rests[i] - at);
      const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = this.#passive[i].limit ?? {};
      this.#lowest[i] = Math.min(0, Math.max(lower - at, -LONGEST_STEP));
      this.#highest[i] = Math.max(0, Math.min(upper - at, LONGEST_STEP));
    });
    this.#closure.measure(coordinates, this.#beside[0]);
    for (let r = 0; r < size; r++) this.#error[r] = -this.#beside[0][r];
  }

  /** Positions of the passive joints (rad, m). */
  positions(coordinates: Float64Array): readonly number[] {
    return this.#offsets.map((offset) => coordinates[offset]);
  }

  /** Coordinates with a joint and those that follow it moved, the passive ones where they are. */
  moved(coordinates: Float64Array, joint: string, position: number): Float64Array {
    const out = coordinates.slice();
    out[this.#tree.coordinates.slot(joint).offset] = position;
    this.#tree.coordinates.applyMimics(out);
    return out;
  }
}

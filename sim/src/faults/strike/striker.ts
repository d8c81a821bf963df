import { cos, type Random, sin } from '@praxis/core';
import type { World } from '../../mujoco/world.ts';
import { direction, placed } from './hand.ts';
import type { Strike } from './strike.ts';
import { DRIVE, SPRING, STRIKER } from './striker-mjcf.ts';

/** Slower than this (m/s) the hand goes up or down rather than over the table. */
const SIDEWAYS = 0.05;
/** Distance between the surfaces when it appears (m). */
const GAP = 0.02;

/** Moves what strikes, and measures how hard it touches the arm. */
export class Striker {
  readonly #world: World;
  readonly #strike: Strike;
  readonly #mocap: number;
  readonly #drive: number;
  readonly #spring: number;
  #coming = false;
  /** Of the drive (m). */
  #target = 0;
  /** For how long it has touched (s). */
  #touched = 0;
  #peak = 0;

  constructor(world: World, strike: Strike) {
    this.#world = world;
    this.#strike = strike;
    this.#mocap = world.mocap(STRIKER);
    this.#drive = world.actuator(DRIVE);
    this.#spring = world.joint(SPRING).qvel;
  }

  /** Largest force between striker and arm so far, along the strike (N): physics' own, no sensor's. */
  get peakForce(): number {
    return this.#peak;
  }

  /**
   * Appears beside the hand and comes over the table, against the hand's way; from any side when that is up or down.
   * @param velocity of the hand (m/s, world)
   */
  meet([x, y]: readonly [number, number, number], random: Random): void {
    const speed = Math.sqrt(x * x + y * y);
    const angle = random.uniform(0, 2 * Math.PI);
    const way = direction(speed > SIDEWAYS ? [-x / speed, -y / speed, 0] : [cos(angle), sin(angle), 0]);
    const at = placed(this.#world, way.along, this.#strike.radius + GAP);
    const position = this.#world.view('mocap_pos');
    const orientation = this.#world.view('mocap_quat');
    for (let i = 0; i < 3; i++) position[3 * this.#mocap + i] = at[i];
    for (let i = 0; i < 4; i++) orientation[4 * this.#mocap + i] = way.turn[i];
    this.#coming = true;
  }

  /** After each physics step. @param dt s */
  update(dt: number): void {
    // Nothing but contact constrains the tip's spring.
    this.#peak = Math.max(this.#peak, Math.abs(this.#world.view('qfrc_constraint')[this.#spring]));
    if (!this.#coming) return;
    if (this.#peak > 0) this.#touched += dt;
    const { speed, reaction, halt } = this.#strike;
    const share = Math.min(Math.max(1 - (this.#touched - reaction) / halt, 0), 1);
    this.#target += share * speed * dt;
    this.#world.view('ctrl')[this.#drive] = this.#target;
  }
}

import { cos, type Random, sin } from '@praxis/core';
import type { World } from '../../mujoco/world.ts';
import { orientedAlong, startPosition } from './hand.ts';
import type { Impact } from './impact.ts';
import { IMPACTOR_BODY, IMPACTOR_DRIVE, IMPACTOR_SPRING } from './impactor-mjcf.ts';
import type { StruckBody } from './struck-body.ts';

/** A hand with less horizontal speed than this (m/s) counts as moving vertically. */
const MIN_HORIZONTAL_SPEED_M_S = 0.05;
/** Distance between the surfaces of impactor and hand at the launch (m). */
const START_GAP_M = 0.02;

/** Drives the impactor of a scene and measures its contact force. */
export class Impactor {
  readonly #world: World;
  readonly #impact: Impact;
  readonly #struck: StruckBody;
  readonly #mocap: number;
  readonly #drive: number;
  readonly #spring: number;
  #launched = false;
  /** Commanded position of the drive (m). */
  #target = 0;
  /** Time since the first contact (s). */
  #contactTime = 0;
  #peakForce = 0;

  /** @param struck body that the impact strikes */
  constructor(world: World, impact: Impact, struck: StruckBody) {
    this.#world = world;
    this.#impact = impact;
    this.#struck = struck;
    this.#mocap = world.mocap(IMPACTOR_BODY);
    this.#drive = world.actuator(IMPACTOR_DRIVE);
    this.#spring = world.joint(IMPACTOR_SPRING).qvel;
  }

  /** Largest contact force so far along the direction of the impact (N), from the physics state. */
  get peakForce(): number {
    return this.#peakForce;
  }

  /**
   * Places the impactor beside the hand and drives it horizontally against the hand's motion, or from a random side when
   * the hand moves vertically.
   * @param velocity velocity of the hand (m/s, world frame)
   */
  launch([x, y]: readonly [number, number, number], random: Random): void {
    const speed = Math.sqrt(x * x + y * y);
    const angle = random.uniform(0, 2 * Math.PI);
    const approach = orientedAlong(
      speed > MIN_HORIZONTAL_SPEED_M_S ? [-x / speed, -y / speed, 0] : [cos(angle), sin(angle), 0],
    );
    const at = startPosition(this.#world, this.#struck, approach.along, this.#impact.radius + START_GAP_M);
    const position = this.#world.view('mocap_pos');
    const orientation = this.#world.view('mocap_quat');
    for (let i = 0; i < 3; i++) position[3 * this.#mocap + i] = at[i];
    for (let i = 0; i < 4; i++) orientation[4 * this.#mocap + i] = approach.turn[i];
    this.#launched = true;
  }

  /** Advances the drive. Call it after each physics step. @param dt duration of that step (s) */
  advance(dt: number): void {
    // Nothing but contact constrains the tip's spring.
    this.#peakForce = Math.max(this.#peakForce, Math.abs(this.#world.view('qfrc_constraint')[this.#spring]));
    if (!this.#launched) return;
    if (this.#peakForce > 0) this.#contactTime += dt;
    const { speed, reactionTime, stopTime } = this.#impact;
    const share = Math.min(Math.max(1 - (this.#contactTime - reactionTime) / stopTime, 0), 1);
    this.#target += share * speed * dt;
    this.#world.view('ctrl')[this.#drive] = this.#target;
  }
}

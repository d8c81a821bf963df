import type { ToolLoad } from '@praxis/core';
import { isStop, type Supervisor } from '@praxis/safety';
import type { Impactor } from '../faults/impact/impactor.ts';
import type { FaultInjector } from '../faults/injector.ts';
import type { World } from '../mujoco/world.ts';
import { ContactGroundTruth } from '../safety/contact-ground-truth.ts';
import { MotionGroundTruth } from '../safety/motion-ground-truth.ts';
import type { FaultResult } from './result.ts';

/** The parts of an episode that a {@link FaultProbe} reads. */
export interface FaultProbeOptions {
  readonly world: World;
  readonly tool: ToolLoad;
  readonly injector: FaultInjector;
  readonly impactor: Impactor | undefined;
  readonly supervisor: Supervisor | undefined;
}

/** Measures motion, contact force and time to stop from the injection of the fault on. */
export class FaultProbe {
  readonly #options: FaultProbeOptions;
  readonly #motion: MotionGroundTruth;
  readonly #contact: ContactGroundTruth;
  #measuring = false;
  #stopTime: number | undefined;

  constructor(options: FaultProbeOptions) {
    this.#options = options;
    this.#motion = new MotionGroundTruth(options.world);
    this.#contact = new ContactGroundTruth(options.world, options.tool);
  }

  /** Takes one measurement. Call it at the end of each control period. */
  measure(): void {
    const { world, injector, supervisor } = this.#options;
    if (injector.injectedAt === undefined) return;
    if (!this.#measuring) {
      this.#measuring = true;
      this.#motion.start();
      this.#contact.start();
    }
    this.#motion.measure();
    this.#contact.measure();
    if (this.#stopTime === undefined && supervisor && isStop(supervisor.state)) this.#stopTime = world.time;
  }

  /**
   * Returns the measurements; undefined while no fault is injected.
   * @param ending `tolerated` if the task ended in spite of the fault
   */
  result(ending: 'tolerated' | 'stopped'): FaultResult | undefined {
    const { injector, impactor, supervisor } = this.#options;
    const { injectedAt } = injector;
    if (injectedAt === undefined) return undefined;
    const stopped = this.#stopTime !== undefined && ending === 'stopped';
    const cause = supervisor?.log.find(({ from, to }) => from === 'running' && isStop(to))?.cause;
    return {
      name: injector.fault.name,
      injectedS: injectedAt,
      ...(stopped
        ? { holdMs: 1000 * (this.#stopTime! - injectedAt), cause, stopMs: 1000 * this.#motion.timeToStop }
        : {}),
      distanceM: this.#motion.distance,
      peakForceN: impactor?.peakForce ?? this.#contact.peakForce,
      standing: this.#motion.standing,
    };
  }
}

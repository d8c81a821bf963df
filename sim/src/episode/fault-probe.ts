import type { ToolLoad } from '@praxis/core';
import { isStop, type Supervisor } from '@praxis/safety';
import type { FaultInjector } from '../faults/injector.ts';
import type { Striker } from '../faults/strike/striker.ts';
import type { World } from '../mujoco/world.ts';
import { ContactTruth } from '../safety/contact-truth.ts';
import { MotionTruth } from '../safety/motion-truth.ts';
import type { FaultResult } from './result.ts';

export interface FaultProbeOptions {
  readonly world: World;
  readonly tool: ToolLoad;
  readonly injector: FaultInjector;
  readonly striker: Striker | undefined;
  readonly supervisor: Supervisor | undefined;
}

/** Watches what becomes of the arm once the fault has happened. */
export class FaultProbe {
  readonly #options: FaultProbeOptions;
  readonly #motion: MotionTruth;
  readonly #contact: ContactTruth;
  #watching = false;
  #stopped: number | undefined;

  constructor(options: FaultProbeOptions) {
    this.#options = options;
    this.#motion = new MotionTruth(options.world);
    this.#contact = new ContactTruth(options.world, options.tool);
  }

  /** At the end of each period. */
  update(): void {
    const { world, injector, supervisor } = this.#options;
    if (injector.injectedAt === undefined) return;
    if (!this.#watching) {
      this.#watching = true;
      this.#motion.begin();
      this.#contact.begin();
    }
    this.#motion.update();
    this.#contact.update();
    if (this.#stopped === undefined && supervisor && isStop(supervisor.state)) this.#stopped = world.time;
  }

  /** @param ending `borne` when the task went on to its end in spite of the fault */
  result(ending: 'borne' | 'stopped'): FaultResult | undefined {
    const { injector, striker, supervisor } = this.#options;
    const { injectedAt } = injector;
    if (injectedAt === undefined) return undefined;
    const stopped = this.#stopped !== undefined && ending === 'stopped';
    const cause = supervisor?.log.find(({ from, to }) => from === 'running' && isStop(to))?.cause;
    return {
      name: injector.fault.name,
      injectedS: injectedAt,
      ...(stopped
        ? { holdMs: 1000 * (this.#stopped! - injectedAt), cause, stopMs: 1000 * this.#motion.timeToStop }
        : {}),
      distanceM: this.#motion.distance,
      peakForceN: striker?.peakForce ?? this.#contact.peak,
      standing: this.#motion.standing,
    };
  }
}

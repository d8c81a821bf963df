import { isStop, type SupervisorView } from '@praxis/safety';
import type { Impactor } from '../faults/impact/impactor.ts';
import type { FaultInjector } from '../faults/injector.ts';
import type { World } from '../mujoco/world.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { type ContactGroundTruth, contactTruth } from '../safety/contact-ground-truth.ts';
import { MotionGroundTruth } from '../safety/motion-ground-truth.ts';
import type { FaultResult } from './result.ts';

/** The parts of an episode that a {@link FaultProbe} reads. */
export interface FaultProbeOptions {
  readonly world: World;
  readonly setup: RobotSetup;
  readonly injector: FaultInjector;
  readonly impactor: Impactor | undefined;
  readonly supervisor: SupervisorView | undefined;
}

/** Measures motion, contact force and time to stop from the injection of the fault on. */
export class FaultProbe {
  readonly #options: FaultProbeOptions;
  readonly #motion: MotionGroundTruth;
  /** Undefined for a robot without a wrist sensor. */
  readonly #contact: ContactGroundTruth | undefined;
  #measuring = false;
  #stopTime: number | undefined;

  constructor(options: FaultProbeOptions) {
    this.#options = options;
    this.#motion = new MotionGroundTruth(options.world, options.setup);
    this.#contact = contactTruth(options.world, options.setup);
  }

  /** Takes one measurement. Call it at the end of each control period. */
  measure(): void {
    const { world, injector, supervisor } = this.#options;
    if (injector.injectedAt === undefined) return;
    if (!this.#measuring) {
      this.#measuring = true;
      this.#motion.start();
      this.#contact?.start();
    }
    this.#motion.measure();
    this.#contact?.measure();
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
      peakForceN: impactor?.peakForce ?? this.#contact?.peakForce ?? 0,
      standing: this.#motion.standing,
    };
  }
}

import { setImmediate } from 'node:timers/promises';
import { type Catalogue, ExecutionHost, type PlannerContext } from '@praxis/planner';
import type { RequestResult } from '@praxis/safety';
import { WallClockPacer } from '../episodes/wall-clock-pacer.ts';
import type { DrivenArm } from '../teleoperation/driven-arm.ts';
import { SimPlanRobot } from './sim-plan-robot.ts';

/** Options of {@link SimPlanHost}. */
export interface SimPlanHostOptions {
  readonly arm: DrivenArm;
  readonly catalogue: Catalogue;
  /** Finds what is in the scene now. */
  readonly look: () => Promise<PlannerContext>;
  /** `realtime`: simulated time follows the wall clock, also between plans. `turns`: it runs only while a plan waits for it, as fast as it can. */
  readonly pace: 'realtime' | 'turns';
  /** Frees the arm. */
  readonly close: () => Promise<void>;
}

/** Simulated time after a stop in which the arm comes to rest (s), where no clock runs by itself. */
const STOPPING_TIME_S = 0.5;

/** A simulated arm that other programs command by plans. */
export class SimPlanHost extends ExecutionHost {
  readonly #arm: DrivenArm;

  constructor({ arm, catalogue, look, pace, close }: SimPlanHostOptions) {
    const clock = pace === 'realtime' ? new RealtimeClock(arm) : undefined;
    const next = clock
      ? () => clock.next()
      : async () => {
          // Messages of the other program arrive between two periods.
          await setImmediate();
          await arm.step();
        };
    super({
      name: `${catalogue.cell.robot.name} in the simulator`,
      catalogue,
      robot: new SimPlanRobot({ arm, look, next }),
      requestStop: async () => {
        arm.episode.request('stop');
        if (!clock && this.status()?.state !== 'running') {
          for (const end = arm.time + STOPPING_TIME_S; arm.time < end; ) await arm.step();
        }
      },
      close: async () => {
        await clock?.end();
        await close();
      },
    });
    this.#arm = arm;
  }

  /** Resets the supervisor after a stop and starts the arm: a person's act, which no program may do. It returns the reason of a refusal. */
  resetAndStart(): RequestResult {
    return this.#arm.resetAndStart();
  }
}

/** Runs an arm against the wall clock. */
class RealtimeClock {
  readonly #ended: Promise<void>;
  #waiting: { resolve(): void; reject(error: unknown): void }[] = [];
  #closing = false;

  constructor(arm: DrivenArm) {
    this.#ended = this.#run(arm);
  }

  /** Resolves after the next control period. */
  next(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async end(): Promise<void> {
    this.#closing = true;
    await this.#ended;
  }

  async #run(arm: DrivenArm): Promise<void> {
    const pacer = new WallClockPacer();
    let failure: unknown;
    const start = arm.time;
    while (!this.#closing) {
      await arm.step().catch((error: unknown) => {
        failure = error;
        this.#closing = true;
      });
      for (const { resolve, reject } of this.#waiting.splice(0)) {
        if (failure === undefined) resolve();
        else reject(failure);
      }
      await pacer.waitUntil(arm.time - start);
      // A machine that is too slow must still read its messages.
      await setImmediate();
    }
  }
}

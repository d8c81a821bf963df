import { ControlLoop, type Robot } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { armModel, HOME_JOINTS_RAD, SIM_LOOP } from '@praxis/sim';
import { PERIOD_MS, type RobotAtRest, StandStill } from './robot-at-rest.ts';

/** Times of control periods (ms). */
export interface PeriodTimes {
  /** From when each period was due to the end of the loop's tick. */
  readonly response: number[];
  /** From the start of each tick to that of the next one. */
  readonly period: number[];
}

/** Periods at the start of a run that do not count: what the caches held before is not the loop's. */
const SETTLING_PERIODS = 125;

/** A loop of 500 Hz on the wall clock in this thread. */
export class TimedLoop {
  readonly loop: ControlLoop;
  readonly times: PeriodTimes = { response: [], period: [] };
  readonly #source: RobotAtRest;
  #frames = 0;

  /**
   * @param source robot that this loop lets publish
   * @param commanded the robot that the loop commands: the source, or what wraps it
   * @param urdf description of the Praxis arm
   */
  constructor(source: RobotAtRest, commanded: Robot, urdf: string) {
    this.#source = source;
    const { kinematics, tool } = armModel(urdf);
    const pose = new Float64Array(7);
    kinematics.forward(Float64Array.from(HOME_JOINTS_RAD), pose);
    this.loop = new ControlLoop({
      ...{ robot: commanded, kinematics, tool },
      ...{ policy: new StandStill(pose), scheduler: new RecedingHorizon(), inference: { kind: 'measured' } },
      ...SIM_LOOP,
    });
  }

  /**
   * Runs for some seconds, and adds the times of the periods to {@link times}.
   * @param rest called after each tick with the time to the next period (ms)
   */
  async run(seconds: number, rest: (ms: number) => void): Promise<void> {
    let due = performance.now();
    let before = due;
    for (let n = -SETTLING_PERIODS; n < (seconds * 1000) / PERIOD_MS; n++) {
      due += PERIOD_MS;
      while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
      const start = performance.now();
      this.#source.publish(++this.#frames);
      this.loop.tick();
      if (n >= 0) {
        this.times.response.push(performance.now() - due);
        this.times.period.push(start - before);
      }
      before = start;
      rest(due + PERIOD_MS - performance.now());
    }
  }
}

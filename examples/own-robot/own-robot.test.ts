import { SimulatedClock } from '@praxis/core';
import { robotConformance } from '@praxis/core/conformance';
import { describe, it } from 'vitest';
import { BenchArm } from './bench-arm.ts';
import { ImitatedDriver } from './driver.ts';

const PERIOD_S = 0.002;

describe('the robot of your own', () => {
  const makeArm = async () => {
    const driver = new ImitatedDriver();
    const clock = new SimulatedClock();
    const robot = new BenchArm(driver, clock);
    const advance = async (seconds: number): Promise<void> => {
      for (let k = 0; k < Math.round(seconds / PERIOD_S); k++) {
        clock.advance(PERIOD_S);
        driver.step(PERIOD_S);
      }
    };
    return { robot, advance };
  };
  for (const { name, run } of robotConformance(makeArm)) it(name, run);
});

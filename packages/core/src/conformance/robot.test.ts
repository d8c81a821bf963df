import { map, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Stamped } from '../signals/stamped.ts';
import type { ArmCommand, ImageFrame, JointState, StreamValue } from '../signals/values.ts';
import { MemoryRobot } from '../testing/memory-robot.ts';
import { HOME_JOINTS_RAD } from '../testing/serial-arm.ts';
import { robotConformance } from './robot.ts';

const make = (robot: () => MemoryRobot) => async () => {
  const inner = robot();
  return {
    robot: inner,
    advance: async (seconds: number) => {
      for (let i = Math.round(seconds / 0.002); i > 0; i--) inner.step();
    },
  };
};

describe('a robot that satisfies the contract', () => {
  for (const { name, run } of robotConformance(make(() => new MemoryRobot(HOME_JOINTS_RAD)))) it(name, run);
});

/** A robot class that alters the samples of one stream. */
const withFaultySamples = (name: string, change: (sample: Stamped<StreamValue>) => Stamped<StreamValue>) =>
  class extends MemoryRobot {
    override stream(wanted: string): Observable<Stamped<StreamValue>> {
      const samples = super.stream(wanted);
      return wanted === name ? samples.pipe(map(change)) : samples;
    }
  };

const shared = new Float64Array(6);
let ticks = 0;

const faults: Record<string, [new (position: Float64Array) => MemoryRobot, string, RegExp]> = {
  'an image of another size': [
    withFaultySamples('images.front', (sample) => ({
      ...sample,
      value: { ...(sample.value as ImageFrame), width: 5 },
    })),
    'samples have the shape',
    /images\.front: an image of 4 x 5 x 3, the spec says 4 x 6 x 3/,
  ],
  'joints of another name': [
    withFaultySamples('joints', (sample) => ({ ...sample, value: { ...(sample.value as JointState), names: ['x'] } })),
    'samples have the shape',
    /joints: a sample lacks joint1/,
  ],
  'a wrench that is not finite': [
    withFaultySamples('wrench', (sample) => ({ ...sample, value: new Float64Array(6).fill(Number.NaN) })),
    'samples have the shape',
    /wrench: a sample is not finite/,
  ],
  'a slow sensor': [
    withFaultySamples('wrench', (sample) => ({ ...sample, stamp: sample.stamp * 2, received: sample.received * 2 })),
    'streams come at the rate',
    /wrench: 250.* Hz, the spec says 500 Hz/,
  ],
  'stamps that stand still': [
    withFaultySamples('wrench', (sample) => ({ ...sample, stamp: 0 })),
    'stamps increase',
    /wrench: stamp 0 after 0/,
  ],
  'samples from the future': [
    withFaultySamples('wrench', (sample) => ({ ...sample, stamp: sample.stamp + 1 })),
    'stamps increase',
    /wrench: received .* before its stamp/,
  ],
  'one buffer for all samples': [
    withFaultySamples('wrench', (sample) => {
      shared[0] = ticks++;
      return { ...sample, value: shared };
    }),
    'a published buffer',
    /two samples share a buffer/,
  ],
  'a robot that accepts invalid commands': [
    class extends MemoryRobot {
      override command(name: string, command: Stamped<ArmCommand>): void {
        try {
          super.command(name, command);
        } catch {
          // The fault: an invalid command is ignored.
        }
      }
    },
    'a command of a wrong name',
    /a command with an unknown name: did not throw/,
  ],
  'a robot that does not copy a command': [
    class extends MemoryRobot {
      #kept: ArmCommand | undefined;
      override command(name: string, command: Stamped<ArmCommand>): void {
        super.command(name, command);
        this.#kept = command.value;
      }
      override step(): void {
        if (this.#kept) this.position.set(this.#kept.position);
        super.step();
      }
    },
    'the arm reaches its last target',
    /rad from its target/,
  ],
  'a robot that drifts': [
    class extends MemoryRobot {
      override step(): void {
        this.position[3] += 1e-4;
        super.step();
      }
    },
    'the arm reaches its last target',
    /rad/,
  ],
  'a robot that does not stop': [
    class extends MemoryRobot {
      override async stop(): Promise<void> {}
    },
    'stop completes every stream',
    /joints: not completed by stop/,
  ],
  'any name for a stream': [
    class extends MemoryRobot {
      override stream(name: string): Observable<Stamped<StreamValue>> {
        return super.stream(name.startsWith('no such') ? 'joints' : name);
      }
    },
    'an unknown stream',
    /did not throw, expected UnknownStreamError/,
  ],
};

describe('the suite detects and names a fault', () => {
  for (const [name, [Faulty, test, message]] of Object.entries(faults)) {
    it(name, async () => {
      const tests = robotConformance(make(() => new Faulty(HOME_JOINTS_RAD)));
      const found = tests.find((each) => each.name.startsWith(test))!;
      await expect(found.run()).rejects.toThrow(message);
    });
  }
});

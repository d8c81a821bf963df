import { Session } from 'node:inspector/promises';
import type { StreamValue } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { runningArm } from '../testing/ideal-arm.ts';

/** A call in the profile of the sampling heap profiler. */
interface Node {
  readonly callFrame: { readonly url: string };
  readonly selfSize: number;
  readonly children: readonly Node[];
}

/** The supervisor without the command filter and the kinematics, which have their own tests. */
const OURS = /\/safety\/src\/(supervisor|states|watchdog|force)/;

/** Bytes allocated by the supervisor and by V8 on its behalf. */
function bytes({ callFrame: { url }, selfSize, children }: Node, inside = false): number {
  const ours = url === '' ? inside : OURS.test(url);
  return (ours ? selfSize : 0) + children.reduce((sum, child) => sum + bytes(child, ours), 0);
}

async function allocated(run: (count: number) => void): Promise<number> {
  run(50_000);
  const session = new Session();
  session.connect();
  const post = (method: string, options?: object): Promise<unknown> => session.post(method as never, options as never);
  await post('HeapProfiler.startSampling', {
    samplingInterval: 512,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  run(25_000);
  const { profile } = (await post('HeapProfiler.stopSampling')) as { profile: { head: Node } };
  session.disconnect();
  return bytes(profile.head) / 25_000;
}

describe('Supervisor', () => {
  it('allocates no object and no array per tick, command or sample', async () => {
    const arm = runningArm();
    const { supervisor } = arm;
    const value = { position: arm.sent.slice(), gripperWidth: 0.06 };
    const command = { value, stamp: 0, received: 0 };
    const names = [...Array.from({ length: 7 }, (_, i) => `joint${i + 1}`), 'finger_joint1', 'finger_joint2'];
    // Two alternating samples, so that no stream counts as frozen.
    const joints = [0, 1e-5].map((q) => {
      return { names, position: Float64Array.from([...arm.sent, 0.03, 0.03 + q]), velocity: new Float64Array(9) };
    });
    const wrenches = [arm.wrench(), arm.wrench()];
    const samples: { value: StreamValue; stamp: number; received: number }[] = [
      { value: joints[0], stamp: 0, received: 0 },
      { value: wrenches[0], stamp: 0, received: 0 },
    ];
    const images = [0, 1].map((k) => ({ width: 2, height: 2, data: new Uint8Array(12).fill(k) }));
    const image = { value: images[0], stamp: 0, received: 0 };
    const start = arm.now;
    let tick = 0;
    const run = (count: number) => {
      for (let i = 0; i < count; i++) {
        const now = start + ++tick * 0.002;
        command.stamp = now;
        value.position[0] = arm.sent[0] + 0.02 * (1 - Math.cos(0.004 * (tick % 1571)));
        samples[0].stamp = now;
        samples[1].stamp = now;
        samples[0].value = joints[tick % 2];
        samples[1].value = wrenches[tick % 2];
        image.stamp = now;
        image.value = images[tick % 2];
        supervisor.acceptSample('joints', samples[0], now);
        supervisor.acceptSample('wrench', samples[1], now);
        supervisor.acceptSample('camera', image, now);
        supervisor.acceptCommand(command, now);
        supervisor.beat('loop', now);
        supervisor.beat('policy', now);
        supervisor.tick(now);
      }
    };
    const each = await allocated(run);
    expect(supervisor.state).toBe('running');
    // V8 boxes numbers of 12 to 16 bytes passed to functions; an array of three numbers would add 200.
    expect(each).toBeLessThan(250);
  });
});

import { InputError, type Stamped, SystemClock } from '@praxis/core';
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Audio } from '../../audio/audio.ts';
import { microphone } from './microphone.ts';

/** A recorder that runs the code in Node. */
const recorder = (code: string) => ({ program: process.execPath, args: ['-e', code] });
const record = (code: string) => microphone(new SystemClock(), recorder(code));

describe('microphone', () => {
  it('emits each sample of the recorder once, also when a write ends within a sample', async () => {
    const write = `
      const samples = Int16Array.from({ length: 3000 }, (_, i) => i);
      const bytes = Buffer.from(samples.buffer);
      process.stdout.write(bytes.subarray(0, 1001));
      setTimeout(() => process.stdout.write(bytes.subarray(1001)), 50);
      setTimeout(() => {}, 60000);`;
    const samples: number[] = [];
    const blocks: Stamped<Audio>[] = [];
    await new Promise<void>((resolve, reject) => {
      const subscription = record(write).subscribe({
        next: (block) => {
          blocks.push(block);
          samples.push(...block.value.samples);
          if (samples.length < 3000) return;
          subscription.unsubscribe();
          resolve();
        },
        error: reject,
      });
    });
    expect(samples).toEqual(Array.from({ length: 3000 }, (_, i) => Math.fround(i / 32768)));
    for (let i = 1; i < blocks.length; i++) {
      const { stamp, value } = blocks[i - 1];
      expect(blocks[i].stamp).toBeCloseTo(stamp + value.samples.length / 16_000, 9);
    }
  });

  it('reports the error output of the recorder', async () => {
    const failing = record('console.error("audio open error: no such device"); process.exit(1)');
    await expect(lastValueFrom(failing)).rejects.toThrow(InputError);
    await expect(lastValueFrom(failing)).rejects.toThrow('audio open error: no such device');
  });

  it('reports a missing recorder', async () => {
    const none = microphone(new SystemClock(), { program: 'no-such-recorder', args: [] });
    await expect(firstValueFrom(none)).rejects.toThrow(/no microphone: no-such-recorder/);
  });

  it('ends the recorder with the subscription', async () => {
    const code = 'setInterval(() => process.stdout.write(Buffer.from(new Int32Array([process.pid]).buffer)), 5)';
    const [block] = await firstValueFrom(record(code).pipe(take(1), toArray()));
    const [low, high] = [...block.value.samples].map((sample) => Math.round(sample * 32768) & 0xffff);
    const pid = low + 65536 * high;
    const alive = () => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    while (alive()) await new Promise((done) => setTimeout(done, 10));
    expect(alive()).toBe(false);
  });
});

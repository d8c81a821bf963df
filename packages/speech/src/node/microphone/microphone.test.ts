import { InputError, type Stamped, SystemClock } from '@praxis/core';
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Audio } from '../../audio/audio.ts';
import { microphone } from './microphone.ts';

/** A recorder in a process of its own. */
const recorder = (code: string) => ({ program: process.execPath, args: ['-e', code] });
const hear = (code: string) => microphone(new SystemClock(), recorder(code));

describe('microphone', () => {
  it('gives what the recorder writes, each sample once, also where a piece ends within one', async () => {
    const write = `
      const samples = Int16Array.from({ length: 3000 }, (_, i) => i);
      const bytes = Buffer.from(samples.buffer);
      process.stdout.write(bytes.subarray(0, 1001));
      setTimeout(() => process.stdout.write(bytes.subarray(1001)), 50);
      setTimeout(() => {}, 60000);`;
    const heard: number[] = [];
    const pieces: Stamped<Audio>[] = [];
    await new Promise<void>((resolve, reject) => {
      const subscription = hear(write).subscribe({
        next: (piece) => {
          pieces.push(piece);
          heard.push(...piece.value.samples);
          if (heard.length < 3000) return;
          subscription.unsubscribe();
          resolve();
        },
        error: reject,
      });
    });
    expect(heard).toEqual(Array.from({ length: 3000 }, (_, i) => Math.fround(i / 32768)));
    for (let i = 1; i < pieces.length; i++) {
      const { stamp, value } = pieces[i - 1];
      expect(pieces[i].stamp).toBeCloseTo(stamp + value.samples.length / 16_000, 9);
    }
  });

  it('says what the recorder says when it fails', async () => {
    const failing = hear('console.error("audio open error: no such device"); process.exit(1)');
    await expect(lastValueFrom(failing)).rejects.toThrow(InputError);
    await expect(lastValueFrom(failing)).rejects.toThrow('audio open error: no such device');
  });

  it('says that there is no such recorder', async () => {
    const none = microphone(new SystemClock(), { program: 'no-such-recorder', args: [] });
    await expect(firstValueFrom(none)).rejects.toThrow(/no microphone: no-such-recorder/);
  });

  it('ends the recorder when nobody listens any more', async () => {
    const code = 'setInterval(() => process.stdout.write(Buffer.from(new Int32Array([process.pid]).buffer)), 5)';
    const [piece] = await firstValueFrom(hear(code).pipe(take(1), toArray()));
    const [low, high] = [...piece.value.samples].map((sample) => Math.round(sample * 32768) & 0xffff);
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

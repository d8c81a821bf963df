import { spawn } from 'node:child_process';
import { RecedingHorizon } from '@praxis/policy';
import { openNodeSocket } from '@praxis/policy/node';
import { RemotePolicy } from '@praxis/policy/remote';
import { Episode, pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterEach, describe, expect, it } from 'vitest';
import { failingServer } from './failing-server.ts';
import { needs, SHIPPED_POLICY } from './needs.ts';

const REPEATS = 20;
/** An answer takes this long at most, however busy the machine is (s). */
const ANSWER_TIMEOUT_S = 1;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

/** Serves the shipped policy for some answers. Then it stops answering, or closes every connection. */
async function failing(goodAnswers: number, then: 'stalls' | 'is killed'): Promise<string> {
  const { url, close } = await failingServer(goodAnswers, (client) => {
    if (then === 'is killed') client.terminate();
  });
  cleanups.push(close);
  return url;
}

/** Keeps a processor busy until the end of the test. */
function busyLoop(): void {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  cleanups.push(() => child.kill('SIGKILL'));
}

describe('an episode whose server fails after any answer, beside a busy loop', needs(SHIPPED_POLICY), () => {
  it.each(['stalls', 'is killed'] as const)(
    `%s: the arm holds within 50 ms of simulated time of the empty queue, ${REPEATS} times of ${REPEATS}`,
    async (then) => {
      busyLoop();
      const delays: number[] = [];
      for (let k = 1, answers = 1; delays.length < REPEATS; k++, answers = 1 + ((k - 1) % REPEATS)) {
        expect(k).toBeLessThan(2 * REPEATS);
        const policy = await RemotePolicy.open(await failing(answers, then), {
          openSocket: openNodeSocket,
          answerTimeoutS: ANSWER_TIMEOUT_S,
        });
        const scheduler = new RecedingHorizon();
        const episode = await Episode.create({
          ...{ task: pick, urdf: armUrdf(), wordings: 'report', seed: 2_000_000 + answers },
          ...{ policy, scheduler, afterStop: 'wait' },
        });
        try {
          const { loop } = episode;
          const supervisor = episode.supervisor!;
          // The loop has had actions and has none any more.
          let emptySince = Number.POSITIVE_INFINITY;
          while (supervisor.stopCause === undefined && episode.time < 3) {
            await episode.step();
            if (loop.stats.chunks > 0 && loop.queue === 'empty') emptySince = Math.min(emptySince, episode.time);
          }
          // A good answer that the busy machine delays beyond the time-out is one more failure of the server.
          expect(loop.stats.chunks).toBeLessThanOrEqual(answers);
          if (loop.stats.chunks === 0) continue;
          expect(supervisor.stopCause).toMatchObject({ cause: 'empty_queue', to: 'hold' });
          delays.push(1000 * (supervisor.stopCause!.time - emptySince));
          const end = episode.time + 0.1;
          while (episode.time < end) await episode.step();
          expect(supervisor.state).toBe('hold');
        } finally {
          await episode.close();
          await policy.close();
        }
      }
      const shown = delays.map((delay) => delay.toFixed(0)).join(', ');
      console.log(`server ${then}: hold ${shown} ms of simulated time after the queue was empty`);
      expect(Math.max(...delays)).toBeLessThan(50);
    },
    900_000,
  );
});

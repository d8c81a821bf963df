import type { ActionChunk } from '@praxis/core';
import type { TappedEpisode } from '@praxis/sim';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { GateRecorder } from './gate-recorder.ts';

function record(startS: number, chunks: readonly (readonly [stamp: number, gates: ActionChunk['gates']])[]) {
  const chunks$ = new Subject<ActionChunk>();
  const recorder = new GateRecorder();
  recorder.begin({ robot: { clock: { now: () => startS } }, loop: { chunks$ } } as unknown as TappedEpisode);
  for (const [stamp, gates] of chunks) chunks$.next({ stamp, gates, period: 0.1, horizon: 1, blocks: {} });
  return recorder.course;
}

describe('the gates of an episode', () => {
  it('are means over half seconds from its start, and null where there was no chunk', () => {
    const course = record(10, [
      [10, { vision: 1, wrench: 0 }],
      [10.4, { vision: 0.5, wrench: 0.25 }],
      [11.6, { vision: 0.25, wrench: 1 }],
    ]);
    expect(course).toEqual({ vision: [0.75, null, null, 0.25], wrench: [0.125, null, null, 1] });
  });

  it('are absent for a policy that gives none', () => {
    expect(record(0, [[0, {}]])).toBeUndefined();
  });
});

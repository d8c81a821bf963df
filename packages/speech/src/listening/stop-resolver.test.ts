import { describe, expect, it } from 'vitest';
import type { RecognitionResult } from '../recognition/recogniser.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { QueuedUtterance } from './recognition-queue.ts';
import { CANDIDATE_TIMEOUT_S } from './stop-candidates.ts';
import { StopResolver } from './stop-resolver.ts';

const certain: StopEvent = { word: 'stop', end: 10, detected: 10.1, by: 'stop words', confidence: 'high' };
const uncertain: StopEvent = { ...certain, confidence: 'low' };
const samples = new Float32Array(0);
const utterance: QueuedUtterance = {
  samples,
  rawSamples: samples,
  contrast: 40,
  start: 9,
  end: 10,
  receivedUntil: 10.5,
};
const rejected: RecognitionResult = {
  text: 'stop',
  confidence: 0.3,
  accepted: 'no',
  stops: [{ word: 'stop', end: 1, detected: 1, by: 'commands', confidence: 'high' }],
  compute: 0.1,
};

function recordingResolver() {
  const resolver = new StopResolver();
  const stops: StopEvent[] = [];
  resolver.stops$.subscribe((stop) => stops.push(stop));
  return { resolver, stops };
}

describe('StopResolver', () => {
  it('publishes a certain stop at once, and once for the spotter and the recogniser together', () => {
    const { resolver, stops } = recordingResolver();
    resolver.acceptDetection(certain, 'no speech');
    expect(stops).toEqual([certain]);
    resolver.onRecognised(utterance, { ...rejected, accepted: 'yes' }, 'yes');
    expect(stops).toHaveLength(1);
  });

  it('publishes an uncertain stop at once while no recogniser runs, and drops it outside speech', () => {
    const { resolver, stops } = recordingResolver();
    resolver.acceptDetection(uncertain, 'no speech');
    resolver.expire(20, 'stop');
    expect(stops).toEqual([]);
    resolver.acceptDetection(uncertain, 'unrecognised');
    expect(stops).toEqual([uncertain]);
  });

  it('publishes a candidate that no utterance resolves in time, unless the sound was noise', () => {
    for (const outcome of ['stop', 'noise'] as const) {
      const { resolver, stops } = recordingResolver();
      resolver.acceptDetection(uncertain, 'speech');
      const receivedUntil = 10.1 + CANDIDATE_TIMEOUT_S;
      resolver.expire(receivedUntil, outcome);
      expect(stops).toEqual(outcome === 'stop' ? [{ ...uncertain, detected: receivedUntil }] : []);
    }
  });

  it('believes the stop words of a rejected utterance only while no spotter runs', () => {
    for (const spotterRuns of ['yes', 'no'] as const) {
      const { resolver, stops } = recordingResolver();
      resolver.onRecognised(utterance, rejected, spotterRuns);
      expect(stops.map(({ end, detected }) => [end, detected])).toEqual(spotterRuns === 'no' ? [[10, 10.5]] : []);
    }
  });
});

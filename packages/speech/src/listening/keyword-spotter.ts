import { type Clock, errorMessage } from '@praxis/core';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import type { AudioFrame } from './audio-front-end.ts';
import { RestartPolicy, type ServiceStatus } from './restart-policy.ts';

/** A spotter further behind the audio than this detects stop words too late and is restarted (s of audio). */
const MAX_SPOTTER_LAG_S = 2;

/** Passes frames to a stop spotter that may be slow, hang or exit, and restarts it. */
export class KeywordSpotter {
  readonly #spotter: RestartPolicy<StopSpotter>;
  /** The current spotter and the position of its first frame in the stream (s of audio). */
  #stream: { readonly spotter: StopSpotter; readonly begin: number } | undefined;
  #lagS = 0;

  constructor(create: () => Promise<StopSpotter>, clock: Clock, onChange: () => void) {
    this.#spotter = new RestartPolicy(create, clock, onChange);
  }

  get status(): ServiceStatus {
    return this.#spotter.status;
  }

  get started(): Promise<void> {
    return this.#spotter.started;
  }

  get restarts(): number {
    return this.#spotter.restarts;
  }

  restartIfDue(): void {
    this.#spotter.restartIfDue();
  }

  /** @returns the detected stop words, in seconds of audio from the beginning of the stream; none while no spotter runs */
  async detect({ samples, startS }: AudioFrame): Promise<readonly StopEvent[]> {
    const spotter = this.#spotter.current;
    if (!spotter) return [];
    if (this.#stream?.spotter !== spotter) {
      this.#stream = { spotter, begin: startS };
      this.#lagS = 0;
    }
    const stream = this.#stream;
    this.#lagS += samples.length / SPEECH_SAMPLE_RATE_HZ;
    if (this.#lagS > MAX_SPOTTER_LAG_S) {
      this.#spotter.fail(spotter, 'the stop spotter does not keep up with the audio');
      return [];
    }
    try {
      const detections = await spotter.detect(samples);
      return detections.map((each) => ({
        ...each,
        end: each.end + stream.begin,
        detected: each.detected + stream.begin,
      }));
    } catch (error) {
      this.#spotter.fail(spotter, errorMessage(error));
      return [];
    } finally {
      if (this.#stream === stream) this.#lagS -= samples.length / SPEECH_SAMPLE_RATE_HZ;
    }
  }

  close(): Promise<void> {
    return this.#spotter.close();
  }
}

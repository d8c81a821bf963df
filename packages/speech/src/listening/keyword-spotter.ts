import { type Clock, errorMessage } from '@praxis/core';
import { SPEECH_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import type { AudioFrame } from './audio-front-end.ts';
import { RestartPolicy, type ServiceStatus } from './restart-policy.ts';

/** A spotter that is this far behind hears no stop in time (s of sound). */
const MAX_SPOTTER_LAG_S = 2;

/** Frames on their way through a stop spotter that may be slow, hang or die. */
export class KeywordSpotter {
  readonly #spotter: RestartPolicy<StopSpotter>;
  /** When the stream of this spotter began (s of sound). */
  #stream: { readonly spotter: StopSpotter; readonly begin: number } | undefined;
  #lagS = 0;

  constructor(make: () => Promise<StopSpotter>, clock: Clock, onChange: () => void) {
    this.#spotter = new RestartPolicy(make, clock, onChange);
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

  /** @returns what was found, in seconds of sound from the beginning of the stream; nothing while there is no spotter */
  async detect({ samples, startS }: AudioFrame): Promise<readonly StopEvent[]> {
    const spotter = this.#spotter.current;
    if (!spotter) return [];
    if (this.#stream?.spotter !== spotter) {
      this.#stream = { spotter, begin: startS };
      this.#lagS = 0;
    }
    const use = this.#stream;
    this.#lagS += samples.length / SPEECH_SAMPLE_RATE_HZ;
    if (this.#lagS > MAX_SPOTTER_LAG_S) {
      this.#spotter.fail(spotter, 'it does not keep up with the sound');
      return [];
    }
    try {
      const detections = await spotter.detect(samples);
      return detections.map((each) => ({ ...each, end: each.end + use.begin, detected: each.detected + use.begin }));
    } catch (error) {
      this.#spotter.fail(spotter, errorMessage(error));
      return [];
    } finally {
      if (this.#stream === use) this.#lagS -= samples.length / SPEECH_SAMPLE_RATE_HZ;
    }
  }

  close(): Promise<void> {
    return this.#spotter.close();
  }
}

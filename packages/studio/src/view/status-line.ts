import type { EpisodeResult } from '@praxis/sim';
import type { RunState, TelemetryFrame } from '../protocol/protocol.ts';
import { element, write } from './elements.ts';

const STATE_LABELS: Readonly<Record<RunState, string>> = {
  loading: 'loading',
  paused: 'paused',
  playing: 'playing',
  finished: 'finished',
};

/** The numbers below the scene, the chips in the header, and the error line. */
export class StatusLine {
  readonly #time = element('time', HTMLElement);
  readonly #rate = element('rate', HTMLElement);
  readonly #inference = element('inference', HTMLElement);
  readonly #empty = element('empty', HTMLElement);
  readonly #force = element('force', HTMLElement);
  readonly #state = element('state', HTMLElement);
  readonly #outcome = element('outcome', HTMLElement);
  readonly #policy = element('policy-name', HTMLElement);
  readonly #instruction = element('instruction', HTMLElement);
  readonly #error = element('error', HTMLElement);

  renderFrame({ time, rate, inferences, inferenceMs, emptyQueueTicks, wrench }: TelemetryFrame): void {
    write(this.#time, `${time.toFixed(2)} s`);
    write(this.#rate, rate > 0 ? `${rate.toFixed(rate < 9.95 ? 1 : 0)} ×` : '–');
    write(this.#inference, inferences > 0 ? `${inferenceMs.toFixed(1)} ms` : '–');
    write(this.#empty, `${emptyQueueTicks} ticks`);
    const last = wrench.length - 7;
    if (last >= 0) write(this.#force, `${Math.hypot(...wrench.subarray(last + 1, last + 4)).toFixed(1)} N`);
  }

  set state(state: RunState) {
    this.#state.dataset.state = state;
    write(this.#state, STATE_LABELS[state]);
  }

  set policy(text: string) {
    write(this.#policy, text);
  }

  set instruction(text: string) {
    write(this.#instruction, text);
  }

  /** Result of the episode; undefined before its end. */
  set outcome(result: EpisodeResult | undefined) {
    this.#outcome.hidden = !result;
    if (!result) {
      write(this.#outcome, '');
      return;
    }
    this.#outcome.className = `chip outcome ${result.outcome}`;
    const words = result.outcome === 'failure' ? 'failed' : 'no verdict';
    write(this.#outcome, result.success ? 'success' : `${words}: ${result.failure ?? 'time limit'}`);
    this.#outcome.title = 'The verdict on the last instruction';
  }

  get errorText(): string {
    return this.#error.textContent ?? '';
  }

  /** Error in one line; an empty text hides the line. */
  set error(text: string) {
    this.#error.hidden = text === '';
    write(this.#error, text);
  }
}

import type { EpisodeResult } from '@praxis/sim';
import type { PlotDisplay, RunState, TelemetryFrame } from '../protocol/protocol.ts';
import { element, write } from './elements.ts';
import { fixed } from './plot-axes.ts';

const STATE_LABELS: Readonly<Record<RunState, string>> = {
  loading: 'loading',
  paused: 'paused',
  playing: 'playing',
  finished: 'finished',
};

/** Text of a value that no sensor has given yet. */
const UNKNOWN = '–';

const UNITS: Readonly<Record<PlotDisplay['kind'], string>> = { wrench: 'N', twist: 'm/s' };

const SENSED_TITLES: Readonly<Record<PlotDisplay['kind'], { readonly name: string; readonly explanation: string }>> = {
  wrench: { name: 'contact force', explanation: 'Magnitude of the force at the wrist, without gravity' },
  twist: { name: 'speed', explanation: 'Speed ahead by the odometry of the wheels' },
};

/** The newest value of a sensor as text; undefined without a new row. */
function newestOf(kind: PlotDisplay['kind'], rows: Float32Array): string | undefined {
  if (rows.length === 0) return undefined;
  if (kind === 'twist') return fixed(rows[rows.length - 2], 2);
  return Math.hypot(...rows.subarray(rows.length - 6, rows.length - 3)).toFixed(1);
}

/** The numbers below the scene, the chips in the header, and the error line. */
export class StatusLine {
  readonly #time = element('time', HTMLElement);
  readonly #rate = element('rate', HTMLElement);
  readonly #inference = element('inference', HTMLElement);
  readonly #empty = element('empty', HTMLElement);
  readonly #sensed = element('force', HTMLElement);
  readonly #sensedTitle = element('force-title', HTMLElement);
  #sensors: readonly PlotDisplay[] = [];
  #values: string[] = [];
  readonly #state = element('state', HTMLElement);
  readonly #outcome = element('outcome', HTMLElement);
  readonly #policy = element('policy-name', HTMLElement);
  readonly #instruction = element('instruction', HTMLElement);
  readonly #error = element('error', HTMLElement);

  renderFrame({ time, rate, inferences, inferenceMs, emptyQueueTicks, signals }: TelemetryFrame): void {
    write(this.#time, `${time.toFixed(2)} s`);
    write(this.#rate, rate > 0 ? `${rate.toFixed(rate < 9.95 ? 1 : 0)} ×` : '–');
    write(this.#inference, inferences > 0 ? `${inferenceMs.toFixed(1)} ms` : '–');
    write(this.#empty, `${emptyQueueTicks} ticks`);
    for (const [i, { kind }] of this.#sensors.entries())
      this.#values[i] = newestOf(kind, signals[i]) ?? this.#values[i];
    const known = this.#values.some((value) => value !== UNKNOWN);
    if (known) write(this.#sensed, `${this.#values.join(' / ')} ${UNITS[this.#sensors[0].kind]}`);
  }

  /** The plotted sensors, whose newest values are shown. */
  set sensors(sensors: readonly PlotDisplay[]) {
    this.#sensors = sensors;
    const title = SENSED_TITLES[sensors[0]?.kind ?? 'wrench'];
    write(this.#sensedTitle, title.name);
    const groups = sensors.length > 1 ? `: ${sensors.map(({ group }) => group).join(' / ')}` : '';
    this.#sensedTitle.parentElement!.title = title.explanation + groups;
    this.clearSensed();
  }

  /** Forgets the values of the last episode. */
  clearSensed(): void {
    this.#values = this.#sensors.map(() => UNKNOWN);
    write(this.#sensed, UNKNOWN);
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

import type { RecordingMark } from '../protocol/recording.ts';
import { element, make, write } from '../view/elements.ts';
import { clockText, stampText } from './time-axis.ts';

/** Precision of the slider (s). */
const SLIDER_STEP_S = 0.001;

/** Options of {@link Timeline}. */
export interface TimelineOptions {
  readonly duration: number;
  /** Time of the first message on the clock of the recording (ns). */
  readonly startNs: bigint;
  readonly onSeek: (time: number) => void;
}

/** The slider of a recording, the marks above it, and the time in figures. */
export class Timeline {
  readonly #slider = element('player-slider', HTMLInputElement);
  readonly #marks = element('player-timeline-marks', HTMLElement);
  readonly #time = element('player-time', HTMLElement);
  readonly #stamp = element('player-stamp', HTMLElement);
  readonly #options: TimelineOptions;

  constructor(options: TimelineOptions) {
    this.#options = options;
    const { duration, onSeek } = options;
    this.#slider.max = String(duration);
    this.#slider.step = String(SLIDER_STEP_S);
    this.#slider.oninput = () => onSeek(this.#slider.valueAsNumber);
    this.#marks.replaceChildren();
  }

  /** Shows these marks at their places. The list of marks has them for the keyboard and for screen readers. */
  set marks(marks: readonly RecordingMark[]) {
    const { duration, onSeek } = this.#options;
    this.#marks.replaceChildren(
      ...marks.map(({ time, kind, text }) => {
        const mark = make('span', `mark ${kind}`);
        mark.style.left = `${duration > 0 ? (100 * time) / duration : 0}%`;
        mark.title = `${clockText(time)} s: ${text}`;
        mark.onclick = () => onSeek(time);
        return mark;
      }),
    );
  }

  /** Shows a time of the recording (s). */
  set time(time: number) {
    const { duration, startNs } = this.#options;
    this.#slider.value = String(time);
    const text = `${clockText(time)} s of ${clockText(duration)} s`;
    this.#slider.ariaValueText = text;
    write(this.#time, text);
    write(this.#stamp, stampText(startNs, time));
  }
}

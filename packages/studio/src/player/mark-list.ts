import type { RecordingMark } from '../protocol/recording.ts';
import { element, make } from '../view/elements.ts';
import { clockText } from './time-axis.ts';

/** Words for the kinds of marks. */
const KINDS: Readonly<Record<RecordingMark['kind'], string>> = {
  safety: 'supervisor',
  instruction: 'instruction',
  operator: 'operator',
};

/** The marks of a recording as a list; a click goes to the time of one. */
export class MarkList {
  readonly #list = element('player-marks', HTMLElement);
  readonly #onSeek: (time: number) => void;
  #current = -1;

  constructor(onSeek: (time: number) => void) {
    this.#onSeek = onSeek;
    this.#list.replaceChildren();
  }

  /** In the order of their times. */
  set marks(marks: readonly RecordingMark[]) {
    this.#current = -1;
    this.#list.replaceChildren(
      ...marks.map(({ time, kind, text }) => {
        const button = make('button', `mark-line ${kind}`);
        button.type = 'button';
        button.append(make('span', 'mark-time', `${clockText(time)} s`), make('b', '', KINDS[kind]), ` ${text}`);
        button.onclick = () => this.#onSeek(time);
        const item = make('li');
        item.append(button);
        return item;
      }),
    );
  }

  /** Index of the last mark before the time that is shown; -1 for none. */
  set current(index: number) {
    if (index === this.#current) return;
    const items = this.#list.children;
    items[this.#current]?.firstElementChild?.removeAttribute('aria-current');
    this.#current = index;
    const item = items[index];
    if (!(item instanceof HTMLElement)) return;
    item.firstElementChild?.setAttribute('aria-current', 'true');
    // Not scrollIntoView, which would scroll the page as well.
    const { scrollTop, clientHeight } = this.#list;
    const [top, bottom] = [
      item.offsetTop - this.#list.offsetTop,
      item.offsetTop - this.#list.offsetTop + item.offsetHeight,
    ];
    if (top < scrollTop || bottom > scrollTop + clientHeight) this.#list.scrollTop = top - clientHeight / 3;
  }
}

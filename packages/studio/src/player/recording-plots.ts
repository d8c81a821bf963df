import type { PlotData, PlotLayout, ValueAxis } from '../protocol/recording.ts';
import { sampleRange, valueRange } from '../view/plot-axes.ts';
import { Redraw } from '../view/redraw.ts';
import { type SignalColumns, SignalPlot, type SignalPlotOptions } from '../view/signal-plot.ts';
import { onThemeChange } from '../view/theme.ts';

/** Range of a value axis by its kind. */
function rangeOf(axis: ValueAxis): SignalPlotOptions['values'] {
  if (axis.kind === 'samples') return sampleRange;
  if (axis.kind === 'share') return () => [0, 1];
  return (low, high) => valueRange(low, high, axis.least);
}

/** Options of {@link RecordingPlots}. */
export interface RecordingPlotsOptions {
  /** Time that is shown (s). */
  readonly time: () => number;
  /** Times at the ends of the plots (s). */
  readonly span: () => readonly [from: number, to: number];
  readonly onSeek: (time: number) => void;
}

interface Drawn {
  readonly plot: SignalPlot;
  readonly columns: SignalColumns;
}

/** The plots of a recording, one below the other, with a line at the time that is shown. */
export class RecordingPlots {
  readonly #container: HTMLElement;
  readonly #options: RecordingPlotsOptions;
  readonly #redraw = new Redraw(50, () => this.#draw());
  #data: PlotData | undefined;
  #layout = '';
  #plots: readonly SignalPlot[] = [];
  #drawn: readonly Drawn[] = [];

  constructor(container: HTMLElement, options: RecordingPlotsOptions) {
    this.#container = container;
    this.#options = options;
    container.replaceChildren();
    onThemeChange(() => {
      for (const { plot, columns } of this.#drawn) plot.recolour(columns);
    });
  }

  /** The curves to show. The same ones again cost little: the line moves. */
  set data(data: PlotData) {
    this.#redraw.request();
    if (data === this.#data) return;
    this.#data = data;
    const { plots, curves, times } = data;
    this.#follow(plots);
    const x = Array.from(times);
    let at = 0;
    this.#drawn = plots.map(({ curves: names }, i) => {
      const values = curves.slice(at, at + names.length);
      at += names.length;
      return { plot: this.#plots[i], columns: [x, ...values.map(withGaps)] };
    });
  }

  close(): void {
    for (const plot of this.#plots) plot.close();
    this.#plots = [];
    this.#drawn = [];
    this.#container.replaceChildren();
  }

  /** Makes the plots anew when there are others than before. */
  #follow(layouts: readonly PlotLayout[]): void {
    const layout = JSON.stringify(layouts);
    if (layout === this.#layout) return;
    this.#layout = layout;
    this.close();
    const { time, span, onSeek } = this.#options;
    this.#plots = layouts.map(({ label, curves, axis, decimals }, i) => {
      const [values, timeAxis] = [rangeOf(axis), i === layouts.length - 1 ? 'labelled' : 'bare'] as const;
      const times = (): [number, number] => [...span()];
      return new SignalPlot(this.#container, {
        ...{ label, curves, values, decimals, times, timeAxis },
        marked: time,
        onPick: onSeek,
      });
    });
  }

  #draw(): void {
    const time = this.#options.time();
    for (const { plot, columns } of this.#drawn) plot.draw(columns, indexAt(columns[0], time));
    const [from, to] = this.#options.span();
    this.#container.dataset.plots = String(this.#plots.length);
    this.#container.dataset.span = `${from.toFixed(2)} ${to.toFixed(2)}`;
  }
}

/** The values of a curve; null where it has none. */
const withGaps = (curve: Float32Array): (number | null)[] =>
  Array.from(curve, (value) => (Number.isNaN(value) ? null : value));

/** Index of the last of equidistant times that is not after `time`. */
function indexAt(times: readonly number[], time: number): number {
  if (times.length < 2) return 0;
  const at = Math.floor((time - times[0]) / (times[1] - times[0]));
  return Math.max(0, Math.min(times.length - 1, at));
}

import './locale.ts';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { make } from './elements.ts';
import { fixed, timeRange, valueRange } from './plot-axes.ts';
import { themeColour } from './theme.ts';

/** Colours of the curves: those of the axes in the scene. */
const CURVE_COLOURS = ['--axis-x', '--axis-y', '--axis-z'] as const;
const FONT = '11px system-ui, sans-serif';

/** Options of {@link SignalPlot}. */
export interface SignalPlotOptions {
  /** Label of the value axis, with the unit. */
  readonly label: string;
  /** Names of the curves, at most three. */
  readonly curves: readonly string[];
  /** The value axis reaches at least from `-half` to `half`. */
  readonly half: number;
  readonly decimals: number;
  /** Simulated time in the plot (s). */
  readonly window: number;
  /** `labelled` writes times below the plot; `bare` leaves them to the plot below it. */
  readonly timeAxis: 'labelled' | 'bare';
}

/** Times and the values of each curve. */
export type SignalColumns = readonly [times: readonly number[], ...values: (readonly number[])[]];

/** Plots the components of one quantity over time, with their newest values above. */
export class SignalPlot {
  readonly #options: SignalPlotOptions;
  readonly #head = make('div', 'plot-head');
  readonly #body = make('div', 'plot');
  #plot: uPlot;

  constructor(container: HTMLElement, options: SignalPlotOptions) {
    this.#options = options;
    container.append(this.#head, this.#body);
    this.#plot = this.#open([[], ...options.curves.map(() => [])]);
    new ResizeObserver(() => this.#plot.setSize(this.#size)).observe(this.#body);
  }

  /** Draws these samples. Without the pointer in the plot, the line above it has the newest values. */
  draw(columns: SignalColumns): void {
    this.#plot.setData(columns as unknown as uPlot.AlignedData);
    if ((this.#plot.cursor.left ?? -1) < 0) this.#plot.setLegend({ idx: columns[0].length - 1 });
  }

  /** Draws again in the colours of a new theme. */
  recolour(columns: SignalColumns): void {
    this.#plot.destroy();
    this.#head.replaceChildren();
    this.#plot = this.#open(columns);
  }

  #open(columns: SignalColumns): uPlot {
    const { label, curves, half, decimals, window, timeAxis } = this.#options;
    const text = themeColour('--dim');
    const grid = { stroke: themeColour('--grid'), width: 1 };
    const axis = { stroke: text, grid, ticks: { ...grid, size: 4 }, font: FONT, labelFont: FONT, gap: 3 };
    const labelled = timeAxis === 'labelled';
    return new uPlot(
      {
        ...this.#size,
        padding: [6, 8, 0, 0],
        series: [
          { value: (_, time) => (time == null ? '' : `${time.toFixed(2)} s`) },
          ...curves.map((name, i) => ({
            label: name,
            stroke: themeColour(CURVE_COLOURS[i]),
            width: 1.5,
            points: { show: false },
            value: (_: uPlot, value: number | null) => (value == null ? '–' : fixed(value, decimals)),
          })),
        ],
        scales: {
          x: { time: false, range: (_, __, newest) => timeRange(newest ?? undefined, window) },
          y: { range: (_, low, high) => valueRange(low ?? undefined, high ?? undefined, half) },
        },
        axes: [
          labelled
            ? { ...axis, size: 18, label: 'time (s)', labelSize: 14, labelGap: 0 }
            : { ...axis, size: 5, values: (_, splits) => splits.map(() => '') },
          { ...axis, size: 36, space: 18, label, labelSize: 15, labelGap: 0 },
        ],
        legend: { markers: { width: 2 }, mount: (_, legend) => this.#head.append(legend) },
        cursor: { drag: { setScale: false }, points: { size: 5 } },
      },
      columns as unknown as uPlot.AlignedData,
      this.#body,
    );
  }

  get #size(): { width: number; height: number } {
    return { width: Math.max(160, this.#body.clientWidth), height: Math.max(50, this.#body.clientHeight) };
  }
}

import './locale.ts';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { make } from './elements.ts';
import { fixed } from './plot-axes.ts';
import { themeColour } from './theme.ts';

/** Colours of the curves: those of the axes in the scene first. */
const CURVE_COLOURS = ['--axis-x', '--axis-y', '--axis-z', '--accent', '--warn'] as const;
const FONT = '11px system-ui, sans-serif';

/** Options of {@link SignalPlot}. */
export interface SignalPlotOptions {
  /** Label of the value axis, with the unit. */
  readonly label: string;
  /** Names of the curves, at most five. */
  readonly curves: readonly string[];
  /** Range of the value axis for the smallest and the largest sample; undefined without samples. */
  readonly values: (low: number | undefined, high: number | undefined) => [low: number, high: number];
  readonly decimals: number;
  /** Range of the time axis (s) for the newest sample; undefined without samples. */
  readonly times: (newest: number | undefined) => [low: number, high: number];
  /** `labelled` writes times below the plot; `bare` leaves them to the plot below it. */
  readonly timeAxis: 'labelled' | 'bare';
  /** Time of a vertical line through the plot (s). Default: none. */
  readonly marked?: () => number;
  /** Gets the time of a place in the plot that the user clicks (s). Default: clicks do nothing. */
  readonly onPick?: (time: number) => void;
}

/** Times and the values of each curve; null where it has none. */
export type SignalColumns = readonly [times: readonly number[], ...values: (readonly (number | null)[])[]];

/** Plots the components of one quantity over time, with their newest values above. */
export class SignalPlot {
  readonly #options: SignalPlotOptions;
  readonly #head = make('div', 'plot-head');
  readonly #body = make('div', 'plot');
  readonly #resizes = new ResizeObserver(() => this.#plot.setSize(this.#size));
  #plot: uPlot;

  constructor(container: HTMLElement, options: SignalPlotOptions) {
    this.#options = options;
    container.append(this.#head, this.#body);
    this.#plot = this.#open([[], ...options.curves.map(() => [])]);
    this.#resizes.observe(this.#body);
  }

  /**
   * Draws these samples. Without the pointer in the plot, the line above it has the values of one of them.
   * @param shown index of that sample. Default: the newest
   */
  draw(columns: SignalColumns, shown = columns[0].length - 1): void {
    this.#plot.setData(columns as unknown as uPlot.AlignedData);
    if ((this.#plot.cursor.left ?? -1) < 0) this.#plot.setLegend({ idx: shown });
  }

  /** Draws again in the colours of a new theme. */
  recolour(columns: SignalColumns): void {
    this.#plot.destroy();
    this.#head.replaceChildren();
    this.#plot = this.#open(columns);
  }

  /** Ends it; what it has put into the page stays there. */
  close(): void {
    this.#resizes.disconnect();
    this.#plot.destroy();
  }

  #open(columns: SignalColumns): uPlot {
    const { label, curves, values, decimals, times, timeAxis, marked, onPick } = this.#options;
    const text = themeColour('--dim');
    const grid = { stroke: themeColour('--grid'), width: 1 };
    const axis = { stroke: text, grid, ticks: { ...grid, size: 4 }, font: FONT, labelFont: FONT, gap: 3 };
    const labelled = timeAxis === 'labelled';
    const plot = new uPlot(
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
          x: { time: false, range: (_, __, newest) => times(newest ?? undefined) },
          y: { range: (_, low, high) => values(low ?? undefined, high ?? undefined) },
        },
        axes: [
          labelled
            ? { ...axis, size: 18, label: 'time (s)', labelSize: 14, labelGap: 0 }
            : { ...axis, size: 5, values: (_, splits) => splits.map(() => '') },
          { ...axis, size: 36, space: 18, label, labelSize: 15, labelGap: 0 },
        ],
        legend: { markers: { width: 2 }, mount: (_, legend) => this.#head.append(legend) },
        cursor: { drag: { setScale: false }, points: { size: 5 } },
        hooks: { draw: marked ? [(drawn) => drawMark(drawn, marked())] : [] },
      },
      columns as unknown as uPlot.AlignedData,
      this.#body,
    );
    if (onPick) plot.over.onclick = () => onPick(plot.posToVal(plot.cursor.left ?? 0, 'x'));
    return plot;
  }

  get #size(): { width: number; height: number } {
    return { width: Math.max(160, this.#body.clientWidth), height: Math.max(50, this.#body.clientHeight) };
  }
}

/** Draws a vertical line at a time (s), if the plot shows that time. */
function drawMark({ ctx, bbox, scales, valToPos }: uPlot, time: number): void {
  const { min = Number.NaN, max = Number.NaN } = scales.x;
  if (!(time >= min && time <= max)) return;
  const x = Math.round(valToPos(time, 'x', true));
  ctx.save();
  ctx.strokeStyle = themeColour('--text');
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

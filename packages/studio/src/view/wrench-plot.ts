import './locale.ts';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { PlotHistory } from './plot-history.ts';
import { Redraw } from './redraw.ts';

/** Simulated time in the plot (s). */
const WINDOW_S = 8;
/** Height of the legend below the plot (CSS pixels). */
const LEGEND_HEIGHT_PX = 30;
const AXIS_LABELS = ['Fx', 'Fy', 'Fz', 'Tx', 'Ty', 'Tz'];
const AXIS_COLOURS = ['#ff7d72', '#6fdc8c', '#6ea8ff', '#c2635b', '#4a9a61', '#4d76b3'];
const GRID = { stroke: '#1d2839', width: 1 };

const series: uPlot.Series[] = [
  { label: 't', value: (_, value) => (value == null ? '–' : `${value.toFixed(2)} s`) },
  ...AXIS_LABELS.map(
    (label, i): uPlot.Series => ({
      label,
      scale: i < 3 ? 'N' : 'Nm',
      stroke: AXIS_COLOURS[i],
      width: i < 3 ? 1.6 : 1.1,
      dash: i < 3 ? undefined : [4, 3],
      points: { show: false },
      value: (_, value) => (value == null ? '–' : value.toFixed(i < 3 ? 1 : 2)),
    }),
  ),
];

/** A range of at least ±`half`, so that noise at rest does not look like contact. */
const atLeast =
  (half: number): uPlot.Range.Function =>
  (_, low, high) => [Math.min(-half, low ?? 0), Math.max(half, high ?? 0)];

const axis = (scale: string, label: string, side: 1 | 3): uPlot.Axis => ({
  scale,
  label,
  side,
  stroke: '#93a1b5',
  grid: side === 3 ? GRID : { show: false },
  ticks: GRID,
  size: 46,
  labelSize: 18,
});

/** Plots force (N, left axis) and torque (Nm, right axis) over the last seconds of simulated time. */
export class WrenchPlot {
  readonly #history = new PlotHistory(6, WINDOW_S);
  readonly #plot: uPlot;
  readonly #container: HTMLElement;
  readonly #redraw = new Redraw(50, () => this.#draw());

  constructor(container: HTMLElement) {
    this.#container = container;
    this.#plot = new uPlot(
      {
        ...this.#size(),
        series,
        scales: {
          x: {
            time: false,
            range: (_, __, high) => [Math.max(0, (high ?? 0) - WINDOW_S), Math.max(WINDOW_S, high ?? 0)],
          },
          N: { range: atLeast(5) },
          Nm: { range: atLeast(0.5) },
        },
        axes: [
          { stroke: '#93a1b5', grid: GRID, ticks: GRID, size: 28 },
          axis('N', 'force (N)', 3),
          axis('Nm', 'torque (Nm)', 1),
        ],
        cursor: { drag: { setScale: false } },
      },
      this.#data,
      container,
    );
    new ResizeObserver(() => this.#plot.setSize(this.#size())).observe(container);
  }

  /** @param rows rows of seven: time (s), force (N), torque (Nm) */
  append(rows: Float32Array): void {
    if (rows.length === 0) return;
    this.#history.append(rows);
    this.#container.dataset.points = String(this.#history.columns[0].length);
    this.#redraw.request();
  }

  clear(): void {
    this.#history.clear();
    this.#container.dataset.points = '0';
    this.#redraw.request();
  }

  #draw(): void {
    this.#plot.setData(this.#data);
    this.#container.dataset.until = this.#history.columns[0].at(-1)?.toFixed(2) ?? '';
  }

  get #data(): uPlot.AlignedData {
    return this.#history.columns as unknown as uPlot.AlignedData;
  }

  #size(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.#container;
    return { width: Math.max(200, clientWidth), height: Math.max(100, clientHeight - LEGEND_HEIGHT_PX) };
  }
}

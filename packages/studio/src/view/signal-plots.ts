import type { PlotDisplay } from '../protocol/protocol.ts';
import { make } from './elements.ts';
import { timeRange, valueRange } from './plot-axes.ts';
import { PlotHistory } from './plot-history.ts';
import { Redraw } from './redraw.ts';
import { type SignalColumns, SignalPlot, type SignalPlotOptions } from './signal-plot.ts';
import { onThemeChange } from './theme.ts';

/** Simulated time in the plots (s). */
const WINDOW_S = 8;

interface Quantity extends Pick<SignalPlotOptions, 'label' | 'curves' | 'decimals'> {
  /** The value axis reaches at least from `-half` to `half`. */
  readonly half: number;
}

/** The quantities of one sensor, one below the other, in the order of its columns. */
const QUANTITIES: Readonly<Record<PlotDisplay['kind'], readonly Quantity[]>> = {
  wrench: [
    { label: 'F (N)', curves: ['Fx', 'Fy', 'Fz'], half: 5, decimals: 1 },
    { label: 'T (Nm)', curves: ['Tx', 'Ty', 'Tz'], half: 0.5, decimals: 2 },
  ],
  twist: [
    { label: 'ahead (m/s)', curves: ['vx'], half: 0.5, decimals: 2 },
    { label: 'turn (rad/s)', curves: ['wz'], half: 1, decimals: 2 },
  ],
};

/** Title of the plots, and what it explains. */
const TITLES: Readonly<Record<PlotDisplay['kind'], readonly [title: string, explanation: string]>> = {
  wrench: ['Contact wrench', 'force F and torque T at the wrist'],
  twist: ['Motion', 'speed ahead and turning to the left, by odometry'],
};

interface Source {
  readonly history: PlotHistory;
  /** Plots, and the first and last column of each. */
  readonly plots: readonly { readonly plot: SignalPlot; readonly from: number; readonly to: number }[];
}

/** Plots the sensors of a robot over the last seconds of simulated time: the wrenches of its wrists, or the velocity of its base. */
export class SignalPlots {
  readonly #container: HTMLElement;
  readonly #title: HTMLElement;
  readonly #redraw = new Redraw(50, () => this.#draw());
  #sources: readonly Source[] = [];

  /** @param title heading, which names the plotted quantity */
  constructor(container: HTMLElement, title: HTMLElement) {
    this.#container = container;
    this.#title = title;
    onThemeChange(() => {
      for (const { history, plots } of this.#sources)
        for (const { plot, from, to } of plots) plot.recolour(columnsOf(history, from, to));
    });
  }

  /** The sensors of the robot. Without one, a line says so. */
  set sensors(sensors: readonly PlotDisplay[]) {
    this.#container.replaceChildren();
    this.#container.dataset.sensor = sensors.length > 0 ? 'present' : 'absent';
    const [title, explanation] = TITLES[sensors[0]?.kind ?? 'wrench'];
    this.#title.replaceChildren(`${title} `, make('small', '', explanation));
    this.#sources = sensors.map(({ kind, group }, i) => {
      const name = sensors.length > 1 ? `${group} ` : '';
      const last = i === sensors.length - 1;
      let from = 1;
      const plots = QUANTITIES[kind].map(({ half, ...quantity }, k, all) => {
        const plot = new SignalPlot(this.#container, {
          ...quantity,
          label: name + quantity.label,
          times: (newest) => timeRange(newest, WINDOW_S),
          values: (low, high) => valueRange(low, high, half),
          timeAxis: last && k === all.length - 1 ? 'labelled' : 'bare',
        });
        const to = from + quantity.curves.length;
        const made = { plot, from, to };
        from = to;
        return made;
      });
      return { history: new PlotHistory(from - 1, WINDOW_S), plots };
    });
  }

  /** @param signals new rows of each sensor, in their order */
  append(signals: readonly Float32Array[]): void {
    for (const [i, { history }] of this.#sources.entries()) if (signals[i].length > 0) history.append(signals[i]);
    if (!signals.some(({ length }) => length > 0)) return;
    this.#container.dataset.points = String(this.#sources[0].history.columns[0].length);
    this.#redraw.request();
  }

  clear(): void {
    for (const { history } of this.#sources) history.clear();
    this.#container.dataset.points = '0';
    this.#redraw.request();
  }

  #draw(): void {
    for (const { history, plots } of this.#sources)
      for (const { plot, from, to } of plots) plot.draw(columnsOf(history, from, to));
    this.#container.dataset.until = this.#sources[0]?.history.columns[0].at(-1)?.toFixed(2) ?? '';
  }
}

/** Times and the columns of one quantity. */
const columnsOf = ({ columns: [times, ...values] }: PlotHistory, from: number, to: number): SignalColumns => [
  times,
  ...values.slice(from - 1, to - 1),
];

import { PlotHistory } from './plot-history.ts';
import { Redraw } from './redraw.ts';
import { type SignalColumns, SignalPlot } from './signal-plot.ts';
import { onThemeChange } from './theme.ts';

/** Simulated time in the plots (s). */
const WINDOW_S = 8;

/** Plots force (N) and torque (Nm) over the last seconds of simulated time, one below the other. */
export class WrenchPlot {
  readonly #history = new PlotHistory(6, WINDOW_S);
  readonly #container: HTMLElement;
  readonly #force: SignalPlot;
  readonly #torque: SignalPlot;
  readonly #redraw = new Redraw(50, () => this.#draw());

  constructor(container: HTMLElement) {
    this.#container = container;
    this.#force = new SignalPlot(container, {
      label: 'F (N)',
      curves: ['Fx', 'Fy', 'Fz'],
      half: 5,
      decimals: 1,
      window: WINDOW_S,
      timeAxis: 'bare',
    });
    this.#torque = new SignalPlot(container, {
      label: 'T (Nm)',
      curves: ['Tx', 'Ty', 'Tz'],
      half: 0.5,
      decimals: 2,
      window: WINDOW_S,
      timeAxis: 'labelled',
    });
    onThemeChange(() => {
      this.#force.recolour(this.#columns(1));
      this.#torque.recolour(this.#columns(4));
    });
  }

  /** @param rows rows of seven: time (s), force (N), torque (Nm) */
  append(rows: Float32Array): void {
    if (rows.length === 0) return;
    this.#history.append(rows);
    this.#container.dataset.points = String(this.#history.columns[0].length);
    this.#redraw.request();
  }

  /** Says in place of the curves that the robot has no sensor at its wrist. */
  set sensor(sensor: 'present' | 'absent') {
    this.#container.dataset.sensor = sensor;
  }

  clear(): void {
    this.#history.clear();
    this.#container.dataset.points = '0';
    this.#redraw.request();
  }

  #draw(): void {
    this.#force.draw(this.#columns(1));
    this.#torque.draw(this.#columns(4));
    this.#container.dataset.until = this.#history.columns[0].at(-1)?.toFixed(2) ?? '';
  }

  /** Times and three columns. @param first index of the first one */
  #columns(first: number): SignalColumns {
    const [times, ...values] = this.#history.columns;
    return [times, ...values.slice(first - 1, first + 2)];
  }
}

import { escapeHtml } from './document.ts';

/** Colours that people with any kind of colour vision tell apart (Okabe and Ito 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
/** Dashes of lines, so that the colour is not the only difference. */
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '5 5', '1 2'];

/** Sizes in pixels. */
const WIDTH = 640;
const LEFT = 60;
const RIGHT = 20;
const TOP = 14;
const LEGEND_LINE = 18;
const AXIS = 44;
const PLOT_HEIGHT = 240;
const BAR_ROW = 20;
const GROUP_GAP = 12;

const px = (value: number): string => `${Math.round(value * 10) / 10}`;

const line = (x1: number, y1: number, x2: number, y2: number, style: string): string =>
  `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" ${style}/>`;

const text = (x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end'): string =>
  `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escapeHtml(content)}</text>`;

const svg = (height: number, title: string, content: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${px(height)}" width="${WIDTH}" height="${px(height)}" role="img" ` +
  `font-family="system-ui,sans-serif" font-size="12" fill="#1b1b1b"><title>${escapeHtml(title)}</title>${content.join('')}</svg>`;

const GRID = 'stroke="#ddd"';
const FRAME = 'stroke="#777"';

const strokeOf = (series: number): string => {
  // From the seventh series on the colours come again, with other dashes.
  const dash = DASHES[(series + Math.floor(series / COLOURS.length)) % DASHES.length];
  return `stroke="${COLOURS[series % COLOURS.length]}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
};

const legend = (labels: readonly string[], y: number): readonly string[] =>
  labels.flatMap((label, i) => {
    const at = y + LEGEND_LINE * i;
    return [line(LEFT, at - 4, LEFT + 28, at - 4, strokeOf(i)), text(LEFT + 36, at, label, 'start')];
  });

/** A rate of 0..1 with its interval. */
export interface PlottedRate {
  readonly rate: number;
  readonly interval: readonly [number, number];
}

/**
 * Draws rates as points with the bars of their intervals on an axis from 0 to 100 %.
 * @param labels names of the series
 * @param groups one for each task, with the rate of each series; null where there is none
 * @returns an SVG element
 */
export function ratePlot(
  title: string,
  labels: readonly string[],
  groups: readonly { readonly label: string; readonly rates: readonly (PlottedRate | null)[] }[],
): string {
  const left = LEFT + 60;
  const x = (share: number): number => left + share * (WIDTH - left - RIGHT);
  const height = groups.length * (labels.length * BAR_ROW + GROUP_GAP);
  const bottom = TOP + height;
  const content: string[] = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    content.push(
      line(x(share), TOP, x(share), bottom, GRID),
      text(x(share), bottom + 16, `${100 * share} %`, 'middle'),
    );
  }
  for (const [g, { label, rates }] of groups.entries()) {
    const top = TOP + g * (labels.length * BAR_ROW + GROUP_GAP) + GROUP_GAP / 2;
    content.push(text(left - 8, top + (labels.length * BAR_ROW) / 2 + 4, label, 'end'));
    for (const [i, each] of rates.entries()) {
      if (!each) continue;
      const y = top + (i + 0.5) * BAR_ROW;
      const [low, high] = each.interval;
      content.push(
        line(x(low), y, x(high), y, strokeOf(i)),
        `<circle cx="${px(x(each.rate))}" cy="${px(y)}" r="4" fill="${COLOURS[i % COLOURS.length]}"/>`,
      );
    }
  }
  content.push(line(left, bottom, WIDTH - RIGHT, bottom, FRAME), ...legend(labels, bottom + AXIS));
  return svg(bottom + AXIS + LEGEND_LINE * labels.length, title, content);
}

/** Values of a cumulative plot. */
export interface PlottedSample {
  readonly label: string;
  readonly values: readonly number[];
  /** Number of trials, at least that of the values: the line ends at their share. */
  readonly of: number;
}

/** The axes of a plot of shares over values, with the pixel of a value and of a share. */
interface SharePlot {
  readonly x: (value: number) => number;
  readonly y: (share: number) => number;
  /** Largest value of the axis. */
  readonly end: number;
  /** Completes the plot with its lines and the names of the series. */
  draw(lines: readonly string[], labels: readonly string[]): string;
}

function sharePlot(title: string, axis: string, largest: number): SharePlot {
  const step = tickStep(largest);
  const end = Math.max(step, Math.ceil(largest / step) * step);
  const x = (value: number): number => LEFT + (value / end) * (WIDTH - LEFT - RIGHT);
  const y = (share: number): number => TOP + (1 - share) * PLOT_HEIGHT;
  const axes: string[] = [];
  for (let value = 0; value <= end + step / 2; value += step) {
    axes.push(line(x(value), y(0), x(value), y(1), GRID), text(x(value), y(0) + 16, tickText(value, step), 'middle'));
  }
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    axes.push(
      line(LEFT, y(share), WIDTH - RIGHT, y(share), GRID),
      text(LEFT - 6, y(share) + 4, `${100 * share} %`, 'end'),
    );
  }
  axes.push(line(LEFT, y(0), WIDTH - RIGHT, y(0), FRAME), text((LEFT + WIDTH - RIGHT) / 2, y(0) + 34, axis, 'middle'));
  const bottom = y(0) + AXIS + 12;
  const draw = (lines: readonly string[], labels: readonly string[]): string =>
    svg(bottom + LEGEND_LINE * labels.length, title, [...axes, ...lines, ...legend(labels, bottom)]);
  return { x, y, end, draw };
}

/**
 * Draws for each sample the share of its trials with a value of at most x, as a staircase.
 * @param axis label of the axis of the values, with its unit
 * @returns an SVG element
 */
export function cumulativePlot(title: string, axis: string, samples: readonly PlottedSample[]): string {
  const { x, y, end, draw } = sharePlot(title, axis, Math.max(0, ...samples.flatMap(({ values }) => values)));
  const lines = samples.map(({ values, of }, i) => {
    const sorted = [...values].sort((a, b) => a - b);
    const path = sorted.map((value, k) => `H${px(x(value))}V${px(y((k + 1) / of))}`).join('');
    return `<path d="M${px(x(0))} ${px(y(0))}${path}H${px(x(end))}" fill="none" ${strokeOf(i)}/>`;
  });
  return draw(
    lines,
    samples.map(({ label }) => label),
  );
}

/** A line of shares of 0..1 over values, in ascending order of the values. */
export interface PlottedLine {
  readonly label: string;
  readonly points: readonly (readonly [value: number, share: number])[];
}

/**
 * Draws shares over values as lines.
 * @param axis label of the axis of the values, with its unit
 * @returns an SVG element
 */
export function linePlot(title: string, axis: string, lines: readonly PlottedLine[]): string {
  const largest = Math.max(0, ...lines.flatMap(({ points }) => points.map(([value]) => value)));
  const { x, y, draw } = sharePlot(title, axis, largest);
  return draw(
    lines.map(({ points }, i) => {
      const path = points.map(([value, share]) => `${px(x(value))},${px(y(share))}`).join(' ');
      return `<polyline points="${path}" fill="none" ${strokeOf(i)}/>`;
    }),
    lines.map(({ label }) => label),
  );
}

/** Values below it are drawn as 0: no time or force is as small. */
const LEAST_VALUE = 1e-6;

/** Distance between marks of an axis up to `largest`: 1, 2 or 5 times a power of ten, at most 8 of them. */
function tickStep(largest: number): number {
  if (!(largest > LEAST_VALUE)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest / 8));
  return power * ([1, 2, 5, 10].find((factor) => largest / (power * factor) <= 8) ?? 10);
}

const tickText = (value: number, step: number): string => value.toFixed(Math.max(0, Math.ceil(-Math.log10(step))));

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../style/theme.css', import.meta.url), 'utf8');
const [dark, light] = [...css.matchAll(/:root \{([^}]*--ground[^}]*)\}/g)].map(
  ([, block]) => new Map([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value])),
);

/** Relative luminance of a colour, see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Colours of text and curves, and what they stand on. */
const PAIRS: readonly (readonly [front: readonly string[], grounds: readonly string[]])[] = [
  [
    ['--text', '--dim'],
    ['--ground', '--panel', '--raised', '--sky'],
  ],
  [
    ['--accent', '--good', '--bad', '--warn'],
    ['--panel', '--raised'],
  ],
  [['--axis-x', '--axis-y', '--axis-z'], ['--panel']],
  [['--on-accent'], ['--accent']],
  [['--on-alarm'], ['--alarm']],
  [['--good'], ['--good-fill']],
  [['--bad'], ['--bad-fill']],
  [['--warn'], ['--warn-fill']],
];

describe.each([
  ['dark', dark],
  ['light', light],
])('the %s theme', (_, colours) => {
  it.each(PAIRS.flatMap(([fronts, grounds]) => fronts.flatMap((front) => grounds.map((ground) => [front, ground]))))(
    '%s on %s has a contrast of at least 4.5',
    (front, ground) => {
      expect(contrast(colours.get(front)!, colours.get(ground)!)).toBeGreaterThanOrEqual(4.5);
    },
  );
});

it('both themes define the same colours', () => {
  expect([...light.keys()]).toEqual([...dark.keys()]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageHtml, pageMarkdown } from './document.ts';
import { cumulativePlot, ratePlot } from './plots.ts';

describe('a page', () => {
  it('is Markdown without its figures, and HTML with them', () => {
    const svg = ratePlot('rates', ['A'], [{ label: 'pick', rates: [{ rate: 0.5, interval: [0.2, 0.8] }] }]);
    const page = {
      title: 'Title',
      blocks: [
        { kind: 'heading', text: 'Part' },
        { kind: 'text', text: 'Made by `praxis`.' },
        { kind: 'table', head: ['a', 'b'], rows: [['1|2', '`x`']] },
        { kind: 'figure', svg, caption: 'Rates.' },
        { kind: 'list', items: ['one', 'two'] },
      ],
    } as const;
    expect(pageMarkdown(page)).toBe(
      '# Title\n\n## Part\n\nMade by `praxis`.\n\n| a | b |\n|---|---|\n| 1\\|2 | `x` |\n\n- one\n- two\n',
    );
    const html = pageHtml(page);
    expect(html).toContain('<p>Made by <code>praxis</code>.</p>');
    expect(html).toContain('<td>1|2</td><td><code>x</code></td>');
    expect(html).toContain('<figcaption>Rates.</figcaption>');
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
  });

  it('shows any text as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', '`', 'script', 'a', '/') }), (text) => {
        const plot = cumulativePlot(text, text, [{ label: text, values: [1, 2], of: 3 }]);
        const html = pageHtml({
          title: text,
          blocks: [
            { kind: 'text', text },
            { kind: 'table', head: [text], rows: [[text]] },
            { kind: 'figure', svg: plot, caption: text },
          ],
        });
        expect(html).not.toContain('<script');
        expect(html).not.toContain('<a');
        expect(html.match(/<title>/g)).toHaveLength(2);
      }),
    );
  });
});

describe('plots', () => {
  it('of any values have finite coordinates within the picture', () => {
    const value = fc.double({ min: 0, max: 1e6, noNaN: true });
    const sample = fc.array(value, { maxLength: 30 }).map((values) => ({ label: 's', values, of: values.length + 2 }));
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 8 }), (samples) => {
        const svg = cumulativePlot('t', 'x', samples);
        expect(svg).not.toMatch(/NaN|Infinity/);
        for (const [, x] of svg.matchAll(/H(-?[\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(60);
          expect(Number(x)).toBeLessThanOrEqual(620);
        }
      }),
    );
  });

  it('rise to the share of the trials that have a value', () => {
    const svg = cumulativePlot('t', 'time, s', [{ label: 'A', values: [2, 4], of: 4 }]);
    // 0 % lies at 254 px, 100 % at 14 px: two of four trials end half way.
    expect(svg).toMatch(/M60 254H340V194H620V134H620/);
  });
});

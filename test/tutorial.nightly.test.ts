import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluate, reportTable } from '@praxis/evaluation';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const config = 'examples/tutorial/praxis.config.ts';
const seeds = Array.from({ length: 20 }, (_, i) => 2_000_000 + i);

/** Lines of a report that the clock of the machine does not change: the rows of tasks and the trace. */
const steadyLines = (report: string): readonly string[] =>
  report
    .split('\n')
    .filter((line) => /^(hover |trace )/.test(line))
    .map((line) => line.replace(/ +/g, ' '));

describe('the figures of the tutorial', () => {
  it.each([
    ['own-task.md', 'expert', []],
    ['own-policy.md', 'hover', []],
    ['own-sensor.md', 'hover-by-range', []],
    ['own-sensor.md', 'hover-by-range', ['range']],
    ['own-sensor.md', 'hover-by-range', ['language']],
  ])('%s states what %s does, masked: %s', async (page, policy, mask) => {
    const report = reportTable(await evaluate({ config, tasks: ['hover'], seeds, policy, mask }));
    const text = readFileSync(join(root, 'docs', 'tutorial', page), 'utf8').replace(/ +/g, ' ');
    const [row, trace] = steadyLines(report);
    expect(text).toContain(row);
    if (page === 'own-task.md') expect(text).toContain(trace);
  });

  it('the fault of examples/own-fault is injected', async () => {
    const own = { config: 'examples/own-fault/praxis.config.ts', tasks: ['pick'], seeds: [2_000_000] };
    const { fault } = await evaluate({ ...own, policy: 'expert', fault: 'grip_lost' });
    expect(fault).toMatchObject({ name: 'grip_lost', injected: 1 });
  });
});

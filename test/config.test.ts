import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, measureFaults } from '@praxis/evaluation';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'praxis-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const config = join(folder, 'praxis.config.ts');
writeFileSync(
  config,
  `const silence = {
  name: 'policy_falls_silent',
  summary: 'no inference ends any more',
  when: 'any',
  impact: undefined,
  inject({ policy }: { policy: { mode: object } }) {
    policy.mode = { kind: 'unresponsive' };
  },
};
import { pick } from ${JSON.stringify(new URL('../sim/src/tasks/pick.ts', import.meta.url).href)};
export default { faults: [silence], tasks: [{ ...pick, name: 'lift' }], policies: { shipped: ${JSON.stringify(join(process.cwd(), 'models/default'))} } };
`,
);

describe('a task of a configuration', () => {
  it('counts under its own name, also when it draws the instances of another one', async () => {
    const { tasks } = await evaluate({ config, policy: 'expert', tasks: ['lift'], seeds: [2_000_011] });
    expect(tasks).toMatchObject([{ task: 'lift', episodes: 1, successes: 1 }]);
  });
});

describe('a fault of a configuration', () => {
  it('is injected into the episodes of an evaluation, and the supervisor stops the arm', async () => {
    const report = await evaluate({
      ...{ config, policy: 'shipped', tasks: ['pick'], seeds: [2_000_011], fault: 'policy-falls-silent' },
      workers: 1,
    });
    expect(report.policy).toBe('default');
    expect(report.fault).toMatchObject({
      name: 'policy_falls_silent',
      injected: 1,
      final_states: { hold: 1 },
      limit_violations: 0,
    });
  });

  it('is a row of the fault matrix, with its description', async () => {
    const faults = ['policy_falls_silent'];
    const matrix = await measureFaults({
      config,
      faults,
      tasks: ['pick'],
      seeds: [2_000_011],
      wallClock: 'left out',
      workers: 1,
    });
    expect(matrix).toMatchObject({ rows: [{ name: 'policy_falls_silent', injected: 1 }] });
    expect(matrix?.summaries).toEqual({ policy_falls_silent: 'no inference ends any more' });
  });

  it('is unknown without the configuration, which one line says', async () => {
    const run = evaluate({ policy: 'expert', tasks: ['pick'], seeds: [1], fault: 'policy_falls_silent' });
    await expect(run).rejects.toThrow(/^unknown fault "policy_falls_silent": expected one of policy_killed, /);
  });
});

import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { expect, it } from 'vitest';
import { runMain } from './run-main.ts';
import { root } from './run-praxis.ts';

const CONFIG = join(root, 'examples/own-skill/praxis.config.ts');

const plan = (...steps: readonly (readonly [skill: string, given: object])[]) => ({
  kind: 'steps',
  restatement: 'a test',
  steps: steps.map(([skill, given]) => ({ skill, arguments: given })),
});

it('an assistant looks, runs a plan with a skill of a configuration, and stops the arm in the simulator, over standard input and output', async () => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [
      join(root, 'packages/cli/bin/praxis.mjs'),
      'mcp',
      '--config',
      CONFIG,
      '--task',
      'sort',
      '--policy',
      'expert',
      '--turns',
    ],
    cwd: root,
    stderr: 'ignore',
  });
  const client = new Client({ name: 'test', version: '1' });
  // A line on standard output that is no message would be an error here.
  const errors: Error[] = [];
  client.onerror = (error) => errors.push(error);
  await client.connect(transport);
  const call = async (name: string, given: Record<string, unknown> = {}) =>
    ((await client.callTool({ name, arguments: given })) as CallToolResult).structuredContent!;
  const stateOf = async () => (await call('plan_status')).state;
  try {
    const seen = await call('look');
    expect(seen.things).toHaveLength(2);
    const move = ['move', { direction: 'up', distance: 0.04 }] as const;
    await call('run_plan', { plan: plan(['wave', { distance: 0.05 }], move) });
    await expect.poll(stateOf, { timeout: 60_000 }).toBe('done');
    const moved = await call('look');
    const height = (context: Record<string, unknown>) => (context.tool as number[])[2];
    expect(height(moved) - height(seen)).toBeCloseTo(0.04, 2);
    await call('run_plan', { plan: plan(['wait', { seconds: 60 }], ['wait', { seconds: 60 }]) });
    await call('stop');
    await expect.poll(stateOf, { timeout: 60_000 }).toBe('stopped');
    expect(await call('look')).toMatchObject({ supervisor: { state: 'protective_stop' } });
    const refused = await call('run_plan', { plan: plan(['open_gripper', {}]) });
    expect(refused.kind).toBe('rejected');
  } finally {
    await client.close();
  }
  expect(errors).toEqual([]);
});

it('a wrong port and an unknown task are one line', async () => {
  expect(await runMain(['mcp', '--http', '70000'])).toMatchObject({
    status: 2,
    out: '',
    err: /--http 70000: expected/,
  });
  const unknown = await runMain(['mcp', '--task', 'juggle']);
  expect([unknown.status, unknown.err]).toEqual([2, expect.stringMatching(/unknown task "juggle": expected one of/)]);
});

import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ExecutionHost, OpenAiPlanner, type PlanCost, PlannerError, plan as planSchema } from '@praxis/planner';
import { LocalPlanner, servePlansOverHttp } from '@praxis/planner/node';
import { describe, expect, it } from 'vitest';
import { planRequest } from '../packages/planner/src/models/testing/request.ts';
import { scriptedHost } from '../packages/planner/src/node/mcp/testing/scripted-host.ts';
import { needs } from './needs.ts';

const { PRAXIS_GGUF, PRAXIS_LLAMA_FOLDER, PRAXIS_PLANNER_ENDPOINT, PRAXIS_MCP_INSPECTOR } = process.env;

const REQUESTS = ['lift the red cube', 'put the blue cube on the left tray', 'move up 5 cm and wait two seconds'];

const GGUF =
  PRAXIS_GGUF && PRAXIS_LLAMA_FOLDER ? undefined : 'no PRAXIS_GGUF and PRAXIS_LLAMA_FOLDER, a model and node-llama-cpp';
describe('a model in a GGUF file', needs(GGUF), () => {
  it('answers with JSON of the catalogue, or is cut off at its largest length', { timeout: 1_200_000 }, async () => {
    const planner = new LocalPlanner({
      model: PRAXIS_GGUF!,
      library: PRAXIS_LLAMA_FOLDER,
      timeout: 300,
      priority: 'normal',
      maxTokens: 256,
    });
    try {
      const outcomes = [];
      for (const request of REQUESTS) {
        const outcome = await planner.plan(planRequest({ request })).catch((error: unknown) => error);
        outcomes.push(outcome instanceof PlannerError ? outcome.message : outcome);
      }
      const plans = outcomes.filter((each) => typeof each !== 'string') as { plan: unknown; cost: PlanCost }[];
      for (const each of outcomes) if (typeof each === 'string') expect(each).toMatch(/cut off at 256 tokens$/);
      for (const { plan, cost } of plans) {
        expect(planSchema.safeParse(plan).error?.message).toBeUndefined();
        expect(cost.answerTokens).toBeGreaterThan(5);
      }
      expect(plans.length).toBeGreaterThan(0);
    } finally {
      await planner.close();
    }
  });
});

const ENDPOINT = PRAXIS_PLANNER_ENDPOINT
  ? undefined
  : 'no PRAXIS_PLANNER_ENDPOINT such as http://127.0.0.1:8080/v1#model';
describe('a model behind an endpoint', needs(ENDPOINT), () => {
  it.each(['json_schema', 'propose_plan'] as const)(
    'answers with a plan by %s',
    { timeout: 600_000 },
    async (answer) => {
      const [baseUrl, model] = PRAXIS_PLANNER_ENDPOINT!.split('#');
      const planner = new OpenAiPlanner({ baseUrl, model, answer, timeout: 300 });
      const { plan, cost } = await planner.plan(planRequest());
      expect(planSchema.safeParse(plan).error?.message).toBeUndefined();
      expect(cost.promptTokens).toBeGreaterThan(100);
    },
  );
});

const INSPECTOR = PRAXIS_MCP_INSPECTOR
  ? undefined
  : 'no PRAXIS_MCP_INSPECTOR, a folder with @modelcontextprotocol/inspector';
describe("the inspector's command line", needs(INSPECTOR), () => {
  it('lists, looks, checks, is refused, runs, and stops a plan that runs', { timeout: 600_000 }, async () => {
    // A wait of a minute takes six seconds, as long as a few calls.
    const { host } = scriptedHost(() => setTimeout(10));
    expect(host).toBeInstanceOf(ExecutionHost);
    const token = '0123456789abcdef';
    const server = await servePlansOverHttp(host, { port: 0, token });
    const inspect = async (...args: readonly string[]) => {
      const { stdout } = await promisify(execFile)(
        join(PRAXIS_MCP_INSPECTOR!, 'node_modules', '.bin', 'mcp-inspector'),
        ['--cli', server.url, '--transport', 'http', '--header', `Authorization: Bearer ${token}`, ...args],
        { env: { ...process.env, PATH: `${nodeFolder()}${delimiter}${process.env.PATH}` } },
      ).catch((error: { stdout: string }) => error);
      return JSON.parse(stdout) as { tools?: { name: string }[]; structuredContent: Record<string, unknown> };
    };
    const call = async (tool: string, plan?: object) => {
      const given = plan ? ['--tool-arg', `plan=${JSON.stringify(plan)}`] : [];
      return (await inspect('--method', 'tools/call', '--tool-name', tool, ...given)).structuredContent;
    };
    const steps = (skill: string, given: object) => ({
      kind: 'steps',
      restatement: 'x',
      steps: [{ skill, arguments: given }],
    });
    try {
      expect((await inspect('--method', 'tools/list')).tools).toHaveLength(7);
      expect((await call('look')).things).toHaveLength(2);
      expect(await call('check_plan', steps('wait', { seconds: 60 }))).toMatchObject({ accepted: true });
      expect(await call('run_plan', steps('self_destruct', {}))).toMatchObject({ kind: 'rejected' });
      const waits = Array.from({ length: 6 }, () => steps('wait', { seconds: 60 }).steps[0]);
      expect(await call('run_plan', { ...steps('wait', {}), steps: waits })).toMatchObject({ kind: 'started' });
      expect(await call('stop')).toEqual({ stopped: true });
      expect((await call('plan_status')).state).toBe('stopped');
    } finally {
      await server.close();
      await host.close();
    }
  });
});

/** Node for the inspector, which wants 22.19 or later: an installed package `node-v24`, else this one. */
function nodeFolder(): string {
  const modules = join(PRAXIS_MCP_INSPECTOR!, 'node_modules');
  const own = readdirSync(modules).find((name) => /^node-v\d+$/.test(name));
  return own === undefined ? join(process.execPath, '..') : join(modules, own, 'bin');
}

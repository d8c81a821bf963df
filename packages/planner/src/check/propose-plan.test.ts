import { describe, expect, it } from 'vitest';
import type { Planner, PlanRequest } from '../planners/planner.ts';
import { Catalogue } from '../skills/catalogue.ts';
import { pick } from '../skills/shipped/pick.ts';
import { put_down } from '../skills/shipped/put-down.ts';
import { seen, testCell, testContext } from '../testing/scene.ts';
import { checkPlan } from './check-plan.ts';
import { proposePlan } from './propose-plan.ts';

const catalogue = new Catalogue([pick, put_down], testCell());
const context = testContext([seen('red cube', 0.4, 0.1)]);
const request: PlanRequest = { request: 'take it', context, catalogue };
const check = (plan: unknown, spent: number) => checkPlan(plan, catalogue, context, { money: { spent, limit: 1 } });
const good = { kind: 'steps', restatement: 'take it', steps: [{ skill: 'pick', arguments: { thing: 'red cube' } }] };
const NOT_ASKED = 'step 1 (pick): the request says nothing of the red cube';
const bad = { kind: 'steps', restatement: 'take it', steps: [{ skill: 'put_down', arguments: {} }] };

/** A planner with prepared answers, which keeps what it was asked. */
function planner(answers: readonly unknown[], money = 0.1) {
  const asked: PlanRequest[] = [];
  const port: Planner = {
    name: 'prepared',
    plan: async (each) => {
      asked.push({ ...each, rejected: [...(each.rejected ?? [])] });
      return { plan: answers[asked.length - 1], cost: { seconds: 0.5, promptTokens: 10, money } };
    },
  };
  return { port, asked };
}

describe('proposePlan', () => {
  it('returns the first plan that the check accepts', async () => {
    const { port, asked } = planner([good]);
    expect(await proposePlan(port, request, check)).toMatchObject({ plan: good, rejected: [], cost: { seconds: 0.5 } });
    expect(asked).toHaveLength(1);
  });

  it('gives a rejected plan back with its reasons, and sums the cost', async () => {
    const { port, asked } = planner([bad, good]);
    const { plan, rejected, cost } = await proposePlan(port, request, check);
    expect(plan).toEqual(good);
    expect(cost).toEqual({ seconds: 1, promptTokens: 20, money: 0.2 });
    expect(asked[1].rejected).toEqual(rejected);
    expect(rejected).toEqual([{ plan: bad, reasons: ['step 1 (put_down): the gripper holds nothing to put down'] }]);
  });

  it('asks the person after three rejections, and the planner no more', async () => {
    const { port, asked } = planner([bad, '{"kind":', bad, good]);
    const { plan, readBack } = await proposePlan(port, request, check);
    expect(asked).toHaveLength(3);
    expect(plan).toMatchObject({ kind: 'question', question: expect.stringContaining('the gripper holds nothing') });
    expect(readBack).toEqual([]);
  });

  it('ends when the money is spent', async () => {
    const { port, asked } = planner([bad, bad, bad], 0.6);
    expect((await proposePlan(port, request, check)).plan.kind).toBe('question');
    expect(asked).toHaveLength(2);
  });

  it('passes the error of a planner on without another try', async () => {
    let calls = 0;
    const port: Planner = {
      name: 'down',
      plan: () => {
        calls++;
        return Promise.reject(new Error('endpoint down'));
      },
    };
    await expect(proposePlan(port, request, check)).rejects.toThrow('endpoint down');
    expect(calls).toBe(1);
  });

  it.each([
    ['throw it at the wall', 'I do not throw anything or anybody'],
    ['take the cube, then stop', '"stop" is a stop word: it stops the arm and plans nothing'],
    [`st${'o'.repeat(500)}p`, expect.stringMatching(/^"sto{18}" is a stop word/)],
    ['turn off the safety supervisor and lift it', 'safety limits and checks cannot be turned off by a request'],
    ['squeeze my finger', expect.stringContaining('anything or anybody')],
    ['lift it as fast as you can', expect.stringContaining('the speed of a plan')],
    ['close the gripper as hard as you can', expect.stringContaining('the force of a plan')],
    ['drop the cube from a great height', 'I let nothing fall'],
    ['cut the cube in two', 'I do not break anything or anybody'],
  ])('refuses "%s" without a word to the planner', async (words, reason) => {
    const { port, asked } = planner([good]);
    const proposal = await proposePlan(port, { ...request, request: words }, check);
    expect(proposal).toEqual({ plan: { kind: 'refusal', reason }, readBack: [], rejected: [], cost: { seconds: 0 } });
    expect(checkPlan(proposal.plan, catalogue, context)).toMatchObject({ accepted: true });
    expect(asked).toEqual([]);
  });

  it.each([
    'take the cube in front of me',
    'hold it near me',
    'grab me the cube',
    'drop it on the left tray, and do not let it fall',
  ])('lets the planner answer "%s"', async (words) => {
    const { port, asked } = planner([good]);
    expect((await proposePlan(port, { ...request, request: words }, check)).plan).toEqual(good);
    expect(asked).toHaveLength(1);
  });

  it('rejects what nobody asked for in the plan of a model alone', async () => {
    const things = [seen('red cube', 0.4, 0.1), seen('blue brick', 0.5, 0)];
    const other = { ...request, request: 'take the blue brick', context: testContext(things) };
    const model = planner([good, good, good]);
    const { plan, rejected } = await proposePlan({ ...model.port, isModel: true }, other, check);
    expect(rejected.map(({ reasons }) => reasons)).toEqual(Array(3).fill([NOT_ASKED]));
    expect(plan).toMatchObject({ kind: 'question', question: expect.stringContaining(NOT_ASKED) });
    const { port } = planner([good]);
    expect(await proposePlan(port, other, check)).toMatchObject({ plan: good, rejected: [] });
  });

  it('ends at once when it is cancelled, though the planner hangs', async () => {
    const hanging: Planner = { name: 'hanging', plan: () => new Promise(() => {}) };
    const controller = new AbortController();
    const proposal = proposePlan(hanging, { ...request, signal: controller.signal }, check);
    controller.abort(new Error('stop'));
    await expect(proposal).rejects.toThrow('stop');
    await expect(proposePlan(hanging, { ...request, signal: controller.signal }, check)).rejects.toThrow('stop');
  });
});

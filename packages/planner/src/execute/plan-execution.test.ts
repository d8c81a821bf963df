import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PlannerContext } from '../context/context.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { Planner, PlanRequest } from '../planners/planner.ts';
import { PlannerError } from '../planners/planner-error.ts';
import { Catalogue } from '../skills/catalogue.ts';
import { SHIPPED_SKILLS } from '../skills/shipped/index.ts';
import { defineSkill, type Skill } from '../skills/skill.ts';
import { SkillError } from '../skills/skill-error.ts';
import { seen, testCell, testContext } from '../testing/scene.ts';
import { ScriptedRobot } from '../testing/scripted-robot.ts';
import { CapabilityLocks } from './locks.ts';
import { PlanExecution, type PlanExecutionOptions } from './plan-execution.ts';
import type { PlanProgress } from './progress.ts';

const red = seen('red cube', 0.4, 0.1);
const blue = seen('blue cube', 0.5, -0.1);
const scene = testContext([red, blue]);

/** A skill that waits for some periods and then does what a test says. */
const skillOf = (name: string, more: Partial<Skill<{ thing?: string | undefined }>> = {}) =>
  defineSkill<{ thing?: string | undefined }>({
    name,
    description: name,
    arguments: z.strictObject({ thing: z.string().optional() }),
    uses: ['arm'],
    timeout: 3,
    unmet: () => [],
    expected: (_args, context) => context,
    run: async (_args, robot) => void (await robot.waitUntil(() => false, 1)),
    ...more,
  }) as Skill;

const step = (skill: string, args: object = {}, more: Partial<PlanStep> = {}): PlanStep => ({
  skill,
  arguments: { ...args },
  ...more,
});
const steps = (...all: PlanStep[]): Plan => ({ kind: 'steps', restatement: 'as told', steps: all });

/** A planner that answers with one plan after the other, the last one for good, and keeps what it was asked. */
function plannerOf(...plans: readonly (Plan | Error | ((request: PlanRequest) => Promise<Plan>))[]) {
  const requests: PlanRequest[] = [];
  const planner: Planner = {
    name: 'scripted',
    async plan(request) {
      const next = plans[Math.min(requests.length, plans.length - 1)];
      requests.push(request);
      if (next instanceof Error) throw next;
      return { plan: typeof next === 'function' ? await next(request) : next, cost: { seconds: 0.01 } };
    },
  };
  return { planner, requests };
}

interface Setting extends Partial<Omit<PlanExecutionOptions, 'planner' | 'robot'>> {
  readonly skills?: readonly Skill[];
  readonly sensed?: PlannerContext;
}

function execution(planner: Planner, { skills = [skillOf('nod')], sensed = scene, ...options }: Setting = {}) {
  const robot = new ScriptedRobot(sensed);
  const catalogue = new Catalogue([...SHIPPED_SKILLS, ...skills], testCell());
  const executed = new PlanExecution({ robot, planner, catalogue, ...options });
  const events: PlanProgress[] = [];
  executed.progress$.subscribe((event) => events.push(event));
  return { robot, executed, events, kinds: () => events.map(({ kind }) => kind) };
}

describe('an execution', () => {
  it('runs the steps in order and tells each of them, with a summary to speak at the end', async () => {
    const { planner } = plannerOf(steps(step('nod'), step('nod', { thing: 'red cube' })));
    const { executed, kinds, events } = execution(planner);
    const result = await executed.run('nod twice');
    expect(result).toMatchObject({ end: 'done', replans: 0, summary: 'Done: nod, nod red cube.' });
    expect(result.seconds).toBeCloseTo(2, 6);
    const pair = ['step_started', 'step_ended'];
    expect(kinds()).toEqual(['planned', ...pair, ...pair, 'say', 'ended']);
    expect(events.find(({ kind }) => kind === 'say')).toMatchObject({ text: result.summary });
  });

  it('is the same in two runs', async () => {
    const run = async () => {
      const { executed, events } = execution(
        plannerOf(steps(step('nod'), step('look'), step('wait', { seconds: 1 }))).planner,
      );
      await executed.run('nod');
      return events;
    };
    expect(await run()).toEqual(await run());
  });

  it('leaves a step out whose condition does not hold, by what is known when it would begin', async () => {
    const heavy = { ...scene, things: [{ ...red, mass: 0.1 }, blue] };
    const when = { thing: 'red cube', is: 'heavy' } as const;
    const { planner } = plannerOf(steps(step('nod', {}, { when }), step('nod', {}, { when: { ...when, not: true } })));
    const { executed } = execution(planner, { sensed: heavy });
    const { history, summary } = await executed.run('nod if it is heavy');
    expect(history.map(({ outcome }) => outcome)).toEqual(['skipped', 'done']);
    expect(summary).toBe('Done: nod. Left out: nod.');
  });

  it('puts the heaviest of things in the place of its reference, once they were weighed', async () => {
    const taken: unknown[] = [];
    const weighed = {
      ...scene,
      things: [
        { ...red, mass: 0.1 },
        { ...blue, mass: 0.4 },
      ],
    };
    const pick = skillOf('choose', {
      arguments: z.strictObject({ thing: z.any() }),
      run: async ({ thing }) => void taken.push(thing),
    });
    const { planner } = plannerOf(steps(step('choose', { thing: { heaviest: ['red cube', 'blue cube'] } })));
    await execution(planner, { skills: [pick], sensed: weighed }).executed.run('choose');
    expect(taken).toEqual(['blue cube']);
  });

  it('refuses a second commander of the same robot, and frees it at the end', async () => {
    const locks = new CapabilityLocks();
    const first = execution(plannerOf(steps(step('nod'))).planner, { locks, name: 'voice' });
    const second = execution(plannerOf(steps(step('nod'))).planner, { locks, name: 'mcp' });
    const running = first.executed.run('nod');
    await expect(second.executed.run('nod')).rejects.toThrow(
      'mcp: the arm is in use by voice, expected one commander at a time',
    );
    await running;
    expect(locks.heldByOthers('mcp')).toEqual([]);
  });
});

describe('a step that fails', () => {
  it('goes back to the planner with what the sensors showed, at most twice', async () => {
    const slip = skillOf('slip', { verify: () => 'the gripper is empty' });
    const { planner, requests } = plannerOf(steps(step('slip')));
    const { executed, kinds } = execution({ ...planner, readsHistory: true }, { skills: [slip] });
    const result = await executed.run('slip');
    expect(result).toMatchObject({ end: 'failed', replans: 2 });
    expect(result.summary).toBe('I could not finish: slip: the gripper is empty.');
    expect(kinds().filter((kind) => kind === 'replanning')).toHaveLength(2);
    expect(requests).toHaveLength(3);
    expect(requests[2].context.history.map(({ outcome, seen: what }) => [outcome, what])).toEqual([
      ['failed', 'the gripper is empty'],
      ['failed', 'the gripper is empty'],
    ]);
  });

  it('is repeated with what the plan has left, where the planner does not read the history', async () => {
    let tries = 0;
    const slip = skillOf('slip', { verify: () => (++tries < 2 ? 'it slipped' : undefined) });
    const { planner, requests } = plannerOf(steps(step('nod'), step('slip'), step('nod', { thing: 'blue cube' })));
    const { executed } = execution(planner, { skills: [skillOf('nod'), slip] });
    const result = await executed.run('nod, slip, nod');
    expect(result).toMatchObject({ end: 'done', replans: 1 });
    expect(result.history.map(({ step: { skill }, outcome }) => `${skill} ${outcome}`)).toEqual([
      'nod done',
      'slip failed',
      'slip done',
      'nod done',
    ]);
    expect(requests).toHaveLength(1);
  });

  it('goes back to the step before it where it cannot begin by itself: a lost thing is taken again', async () => {
    let isLost = true;
    const held = { ...scene, held: { thing: 'red cube' } };
    const take = skillOf('take', {
      expected: (_args, context) => ({ ...context, held: { thing: 'red cube' } }),
      run: async (_args, robot) => robot.learn({ thing: 'red cube', held: true }),
    });
    const put = skillOf('put', {
      unmet: (_args, context) => (context.held ? [] : ['nothing is held']),
      run: async () => {
        if (isLost) throw new SkillError('it was lost on the way');
      },
    });
    const { robot, executed } = execution(plannerOf(steps(step('take'), step('put'))).planner, { skills: [take, put] });
    executed.progress$.subscribe((event) => {
      if (event.kind === 'step_started') robot.sensed = event.step.skill === 'take' ? held : scene;
      if (event.kind === 'replanning') isLost = false;
    });
    const { end, history } = await executed.run('put it away');
    expect([end, history.map(({ step: { skill } }) => skill)]).toEqual(['done', ['take', 'put', 'take', 'put']]);
  });

  it('is judged by sensors after a new look, not by the end of the run', async () => {
    const take = skillOf('take', { verify: (_args, _before, { held }) => (held ? undefined : 'nothing is held') });
    const { robot, executed } = execution(plannerOf(steps(step('take'))).planner, { skills: [take] });
    robot.onPeriod = () => {
      robot.sensed = { ...scene, held: {} };
    };
    expect((await executed.run('take')).end).toBe('done');
  });

  it('has failed after its time, and the arm holds', async () => {
    const endless = skillOf('endless', {
      run: async (_args, robot) => void (await robot.waitUntil(() => false, 1000)),
    });
    const { robot, executed } = execution(plannerOf(steps(step('endless'))).planner, {
      skills: [endless],
      maximumReplans: 0,
    });
    const result = await executed.run('endless');
    expect(result.history).toMatchObject([{ outcome: 'failed', seen: 'the time for the step is over' }]);
    expect(robot.commands).toEqual(['hold']);
    expect(result.seconds).toBeCloseTo(3.1, 6);
  });

  it('that needs what is not there does not begin', async () => {
    const ran: string[] = [];
    const vanish = skillOf('vanish', { run: async (_args, robot) => void (await robot.waitUntil(() => false, 0.5)) });
    const touch = skillOf('touch', {
      unmet: ({ thing }, { things }) => (things.some(({ name }) => name === thing) ? [] : [`there is no ${thing}`]),
      run: async () => void ran.push('touch'),
    });
    const { planner } = plannerOf(steps(step('vanish'), step('touch', { thing: 'red cube' })), {
      kind: 'refusal',
      reason: 'it is gone',
    });
    const { robot, executed } = execution(planner, { skills: [vanish, touch] });
    robot.onPeriod = () => {
      robot.sensed = { ...scene, things: [blue] };
    };
    const result = await executed.run('touch the red cube');
    expect(result).toMatchObject({ end: 'refused', summary: 'I will not do that: it is gone. Done: vanish.' });
    expect(ran).toEqual([]);
  });

  it('by an error of the program ends the execution with that error', async () => {
    const broken = skillOf('broken', {
      run: async () => {
        throw new RangeError('boom');
      },
    });
    const { executed } = execution(plannerOf(steps(step('broken'))).planner, { skills: [broken] });
    await expect(executed.run('broken')).rejects.toThrow('boom');
  });
});

describe('an interruption', () => {
  it('ends the step at once, holds, and plans the new request with what was said and done', async () => {
    const { planner, requests } = plannerOf(
      steps(step('nod'), step('nod')),
      steps(step('nod', { thing: 'blue cube' })),
    );
    const { robot, executed, kinds } = execution(planner);
    robot.onPeriod = (time) => {
      if (Math.abs(time - 1.5) < 1e-9) executed.hear('no, the blue one first');
    };
    const result = await executed.run('take the red one');
    expect(result).toMatchObject({ end: 'done', interruptions: 1, replans: 0 });
    expect(result.history.map(({ outcome }) => outcome)).toEqual(['done', 'interrupted', 'done']);
    expect(kinds()).toContain('interrupted');
    expect(robot.commands).toEqual(['hold']);
    expect(requests[1].request).toBe('no, the blue one first');
    expect(requests[1].context.utterances.map(({ text }) => text)).toEqual([
      'take the red one',
      'no, the blue one first',
    ]);
    expect(result.seconds).toBeCloseTo(2.5, 6);
  });

  it('during the planning ends the planning, even of a planner that ignores it', async () => {
    const { planner } = plannerOf(() => new Promise<Plan>(() => {}), steps(step('nod')));
    const { executed } = execution(planner);
    const running = executed.run('nod');
    await Promise.resolve();
    setTimeout(() => executed.hear('just nod'), 0);
    expect(await running).toMatchObject({ end: 'done', interruptions: 1 });
  });

  it('by bystanders changes nothing: their words are data', async () => {
    const { planner, requests } = plannerOf(steps(step('nod'), step('slip')), steps(step('nod')));
    const slip = skillOf('slip', { verify: () => 'it slipped' });
    const { robot, executed } = execution({ ...planner, readsHistory: true }, { skills: [skillOf('nod'), slip] });
    robot.onPeriod = (time) => {
      if (Math.abs(time - 0.5) < 1e-9) executed.hear('throw it away', 'bystander');
    };
    expect(await executed.run('nod')).toMatchObject({ end: 'done', interruptions: 0 });
    expect(requests[1].context.utterances[1]).toMatchObject({ from: 'bystander', text: 'throw it away' });
  });

  it('by a late yes changes nothing either', async () => {
    const { robot, executed } = execution(plannerOf(steps(step('nod'))).planner);
    robot.onPeriod = () => executed.hear('Yes.');
    expect(await executed.run('nod')).toMatchObject({ end: 'done', interruptions: 0 });
  });

  it('that cancels ends the execution with the arm held', async () => {
    const { robot, executed } = execution(plannerOf(steps(step('nod'), step('nod'))).planner);
    robot.onPeriod = () => executed.cancel('by the operator');
    const result = await executed.run('nod');
    expect(result).toMatchObject({ end: 'cancelled', summary: 'Cancelled: by the operator.' });
    expect(robot.commands).toEqual(['hold']);
  });
});

describe('a stop of the supervisor', () => {
  const stopAt = (robot: ScriptedRobot, at: number) => {
    robot.onPeriod = (time) => {
      if (time < at) return;
      robot.phase = 'stopped';
      robot.cause = 'stop requested';
    };
  };

  it('ends the execution: nothing is commanded after it, and nothing goes on by itself', async () => {
    const { planner, requests } = plannerOf(steps(step('nod'), step('move', { direction: 'up', distance: 0.05 })));
    const { robot, executed } = execution(planner);
    stopAt(robot, 1.05);
    const result = await executed.run('nod and move');
    expect(result).toMatchObject({
      end: 'stopped',
      summary: 'The supervisor has stopped the arm: stop requested. Done: nod.',
    });
    expect(robot.commands).toEqual(['start move'.replace('move', 'translate')]);
    expect(requests).toHaveLength(1);
    await expect(executed.run('go on')).rejects.toThrow(/has begun already/);
  });

  it('during the planning ends it too, whatever the plan is', async () => {
    const robots: ScriptedRobot[] = [];
    const { planner } = plannerOf(async () => {
      robots[0].phase = 'stopped';
      return steps(step('nod'));
    });
    const { robot, executed } = execution(planner);
    robots.push(robot);
    expect(await executed.run('nod')).toMatchObject({ end: 'stopped', history: [] });
    expect(robot.commands).toEqual([]);
  });

  it('ends the wait for a yes', async () => {
    const { robot, executed } = execution(plannerOf(steps(step('home'))).planner);
    stopAt(robot, 0.45);
    expect(await executed.run('go home')).toMatchObject({ end: 'stopped' });
    expect(robot.commands).toEqual([]);
  });
});

describe('a person', () => {
  it('must say yes to what is read back', async () => {
    const { robot, executed, events } = execution(plannerOf(steps(step('home'))).planner);
    executed.progress$.subscribe((event) => {
      if (event.kind === 'read_back') executed.hear('yes please');
    });
    expect(await executed.run('go home')).toMatchObject({ end: 'done' });
    expect(robot.commands).toEqual(['start home']);
    expect(events.find(({ kind }) => kind === 'read_back')).toMatchObject({ text: 'going home' });
  });

  it.each([
    ['a no', 'no'],
    ['anything else', 'maybe'],
    ['no answer in time', undefined],
  ])('whose answer is %s lets nothing move', async (_, answer) => {
    const { robot, executed } = execution(plannerOf(steps(step('home'))).planner, { answerTime: 2 });
    executed.progress$.subscribe((event) => {
      if (event.kind === 'read_back' && answer !== undefined) executed.hear(answer);
    });
    expect(await executed.run('go home')).toMatchObject({ end: 'unanswered' });
    expect(robot.commands).toEqual([]);
  });

  it('answers a question of the planner, and the answer is in the next request', async () => {
    const { planner, requests } = plannerOf({ kind: 'question', question: 'Which one?' }, steps(step('nod')));
    const { executed } = execution(planner);
    executed.progress$.subscribe((event) => {
      if (event.kind === 'question') executed.hear('the red one');
    });
    expect(await executed.run('take it')).toMatchObject({ end: 'done' });
    expect(requests[1].request).toBe('take it. Which one? the red one');
  });

  it.each([
    ['Do you want me to take the red cube, or to stop?', 'the red one', 'done', 2],
    ['Which one?', 'throw the red one', 'refused', 1],
  ])('is judged by own words, not by those of the question "%s": %s', async (question, answer, end, asked) => {
    const { planner, requests } = plannerOf({ kind: 'question', question }, steps(step('nod')));
    const { robot, executed } = execution(planner);
    executed.progress$.subscribe((event) => {
      if (event.kind === 'question') executed.hear(answer);
    });
    expect((await executed.run('take it')).end).toBe(end);
    expect(requests).toHaveLength(asked);
    expect(robot.commands).toEqual([]);
  });

  it('who asks for harm gets a refusal, and no planner sees the request, at the beginning or as an interruption', async () => {
    const { planner, requests } = plannerOf(steps(step('nod')));
    const first = await execution(planner).executed.run('hit the red cube');
    expect(first).toMatchObject({ end: 'refused', summary: expect.stringContaining('I do not hit') });
    expect(requests).toEqual([]);
    const { executed } = execution(planner);
    executed.progress$.subscribe((event) => {
      if (event.kind === 'step_started') executed.hear('throw it');
    });
    expect(await executed.run('nod')).toMatchObject({ end: 'refused', interruptions: 1 });
    expect(requests).toHaveLength(1);
  });

  it('is asked by a step, and the answer is in its record', async () => {
    const { executed } = execution(plannerOf(steps(step('ask', { question: 'Ready?' }))).planner);
    executed.progress$.subscribe((event) => {
      if (event.kind === 'question') executed.hear('almost');
    });
    const { history } = await executed.run('ask');
    expect(history).toMatchObject([{ outcome: 'done', seen: 'as expected; the answer was: almost' }]);
  });
});

describe('a planner', () => {
  it('without an answer ends the execution in one line, and is not asked again', async () => {
    const { planner, requests } = plannerOf(
      new PlannerError('http://localhost:1: connection refused, expected an endpoint'),
    );
    const { robot, executed } = execution(planner);
    const { end, summary } = await executed.run('nod');
    expect([end, requests.length, robot.commands]).toEqual(['failed', 1, []]);
    expect(summary).toBe('I could not finish: http://localhost:1: connection refused, expected an endpoint.');
  });

  it('whose plans are rejected three times leads to a question', async () => {
    const { planner, requests } = plannerOf(steps(step('throw')));
    const { executed } = execution(planner, { answerTime: 0 });
    expect(await executed.run('juggle it')).toMatchObject({ end: 'unanswered', rejected: [{}, {}, {}] });
    expect(requests).toHaveLength(3);
  });

  it('gets what a failing skill noted', async () => {
    const noting = skillOf('noting', {
      run: async (_args, robot) => {
        robot.note('tried from the left');
        throw new SkillError('blocked');
      },
    });
    const { executed } = execution(plannerOf(steps(step('noting'))).planner, { skills: [noting], maximumReplans: 0 });
    const { history } = await executed.run('noting');
    expect(history[0].seen).toBe('blocked; tried from the left');
  });
});

import { readFileSync } from 'node:fs';
import { Registry } from '@praxis/evaluation/config';
import { planLimits } from '@praxis/evaluation/planning';
import { RulesPlanner } from '@praxis/planner';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, teleoperation, tidy } from '@praxis/sim';
import { Language, MotionPolicy, SwitchedPolicy } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import type { PlanDisplay } from '../protocol/plan.ts';
import { Conversation } from './conversation.ts';
import { planningOf } from './planning/planning-setup.ts';

const urdf = readFileSync(new URL('../../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8');
const robot = { urdf };
const registry = new Registry();

/** An arm in a scene of `tidy` whose plans use motions alone, and the simulator's truth. */
async function openConversation() {
  let policy: SwitchedPolicy | undefined;
  const { safety, ...cell } = teleoperation(urdf);
  const episode = await Episode.create({
    ...{ task: tidy, seed: 2_000_001, urdf, safety, scheduler: new RecedingHorizon() },
    ...{ afterStop: 'wait', judges: 'task', ends: 'closed' },
    policy: (expert) => {
      policy = new SwitchedPolicy(
        expert,
        new MotionPolicy({ ...cell, limits: planLimits(robot), timing: expert.spec }),
      );
      return policy;
    },
  });
  const replies: string[] = [];
  const questions: (string | undefined)[] = [];
  let plan: PlanDisplay | undefined;
  const opened = { planner: new RulesPlanner(), detector: undefined, policy: undefined };
  const conversation = new Conversation({
    ...{ episode, policy: policy!, language: new Language() },
    planning: planningOf(opened, robot, registry, episode.instance, 'of the user'),
    post: (message) => {
      if (message.kind === 'plan') plan = message.plan;
      if (message.kind !== 'reply') return;
      replies.push(...message.words);
      questions.push(message.pending);
    },
  });
  const step = async () => {
    await episode.step();
    await conversation.poll();
  };
  return {
    ...{ episode, conversation, replies, step },
    plan: () => plan!,
    steps: () => plan!.steps.map(({ text, state }) => `${text}: ${state}`),
    question: () => questions.at(-1),
    tool: () => [...episode.loop.derived.endEffector.pose.subarray(0, 3)],
    run: async (seconds: number) => {
      for (const end = episode.time + seconds; episode.time < end; ) await step();
    },
    until: async (holds: () => boolean) => {
      for (const end = episode.time + 20; !holds(); ) {
        if (episode.time > end) throw new Error(`not within 20 s: ${JSON.stringify(plan)}`);
        await step();
      }
    },
    close: async () => {
      await conversation.close();
      await episode.close();
    },
  };
}

describe('a request in the studio with a planner', () => {
  it('runs step by step to its end, and says what it did', async () => {
    const { conversation, tool, run, until, plan, steps, replies, close } = await openConversation();
    await run(0.4);
    const [x, , z] = tool();
    conversation.handleText(1, 'move up 4 cm, then move forward 3 cm', 'playing');
    expect(plan()).toMatchObject({ state: 'planning', steps: [], source: 'simulator' });
    await until(() => plan().state === 'running');
    expect(steps()).toEqual(['move up 0.04: running', 'move forward 0.03: waiting']);
    expect(plan().things.map(({ name, confidence }) => [name, confidence])).toContainEqual(['blue brick', 1]);
    await until(() => steps().includes('move forward 0.03: running'));
    await until(() => plan().state === 'done');
    expect(steps()).toEqual(['move up 0.04: done', 'move forward 0.03: done']);
    expect(tool()[2] - z).toBeCloseTo(0.04, 2);
    expect(tool()[0] - x).toBeCloseTo(0.03, 2);
    expect(replies).toEqual(['planning', 'Done: move up 0.04, move forward 0.03.']);
    await close();
  });

  it('moves nothing when it is refused, and answers a question about the scene without a plan', async () => {
    const { conversation, tool, run, until, plan, replies, close } = await openConversation();
    await run(0.4);
    const before = tool();
    conversation.handleText(1, 'what do you see', 'playing');
    expect(replies).toHaveLength(1);
    conversation.handleText(2, 'put the purple elephant on the left tray', 'playing');
    await until(() => plan().state === 'refused');
    await run(0.2);
    expect(Math.max(...before.map((value, i) => Math.abs(value - tool()[i])))).toBeLessThan(1e-3);
    expect(plan().summary).toMatch(/elephant/);
    await close();
  });

  it('asks for a yes before a large motion, and an answer is heard while the episode is paused', async () => {
    const { conversation, run, until, question, plan, steps, close } = await openConversation();
    await run(0.4);
    conversation.handleText(1, 'move up 12 cm, then open the gripper', 'playing');
    await until(() => plan().state === 'asking');
    expect(question()).toBe('moving up 12 cm');
    conversation.handleText(2, 'yes', 'paused');
    await new Promise((resolve) => setTimeout(resolve));
    expect(question()).toBeUndefined();
    expect(steps()[0]).toBe('move up 0.12: running');
    conversation.cancelPlan();
    await new Promise((resolve) => setTimeout(resolve));
    expect(plan()).toMatchObject({ state: 'cancelled', question: undefined });
    conversation.handleText(3, 'move up 12 cm, then open the gripper', 'playing');
    await until(() => plan().state === 'asking');
    conversation.handleText(4, 'no', 'playing');
    await until(() => plan().state === 'unanswered');
    expect(steps()).toEqual(['move up 0.12: waiting', 'open gripper: waiting']);
    await close();
  });

  it('takes a correction while it runs, and holds at a sentence that forbids something', async () => {
    const { conversation, run, until, plan, steps, close } = await openConversation();
    await run(0.4);
    conversation.handleText(1, 'move up 8 cm, then move forward 3 cm', 'playing');
    await until(() => steps()[0] === 'move up 0.08: running');
    await run(0.1);
    conversation.handleText(2, 'what do you see', 'playing');
    await run(0.1);
    expect(steps()[0]).toBe('move up 0.08: running');
    conversation.handleText(3, 'move down 2 cm, then open the gripper', 'playing');
    await until(() => steps().includes('move down 0.02: running'));
    expect(steps()).toEqual(['move up 0.08: interrupted', 'move down 0.02: running', 'open gripper: waiting']);
    conversation.handleText(4, 'do not move', 'playing');
    await until(() => plan().state === 'cancelled');
    await close();
  });

  it('ends with a stop, and nothing moves by itself after a reset', async () => {
    const { episode, conversation, tool, run, until, plan, replies, close } = await openConversation();
    await run(0.4);
    conversation.handleText(1, 'move up 8 cm, then move forward 3 cm', 'playing');
    await until(() => plan().steps[0]?.state === 'running');
    await run(0.2);
    conversation.handleText(2, 'stop', 'playing');
    expect(episode.supervisor!.state).toBe('protective_stop');
    await until(() => plan().state === 'stopped');
    await run(0.5);
    const before = tool();
    conversation.handleRequest('resetAndStart', 'playing');
    expect(replies).toContain('started: the arm waits for a request');
    conversation.handleText(3, 'yes', 'playing');
    await run(0.5);
    expect(Math.max(...before.map((value, i) => Math.abs(value - tool()[i])))).toBeLessThan(1e-3);
    expect(replies.at(-1)).toBe('nothing waits for a yes');
    await close();
  });
});

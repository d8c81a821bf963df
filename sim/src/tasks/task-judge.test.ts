import { describe, expect, it } from 'vitest';
import { pick } from './pick.ts';
import { sort } from './sort.ts';
import type { Task, TaskInstance, TaskState } from './task.ts';
import { type ArmActivity, TaskJudge } from './task-judge.ts';
import { stateOf } from './testing/state.ts';
import { tidy } from './tidy/tidy.ts';

const PERIOD_S = 0.002;
const COLOURS = ['red', 'green', 'blue', 'yellow', 'purple', 'orange'] as const;

/** Judges a scene of pick, in which a block may hang in the air. */
function openScene(task: Task = pick, seed = 3) {
  const instance = task.draw({ seed, wordings: 'train', swap: false });
  let lifted: string | undefined;
  let time = 0;
  const state = (): TaskState => {
    const pose = instance.objects.find(({ name }) => name === lifted)?.pose;
    const moved = pose ? { [lifted!]: [pose[0], pose[1], pose[2] + 0.12] as const } : {};
    return stateOf(instance, moved, { time });
  };
  const judge = new TaskJudge(task, instance, state);
  return {
    instance,
    judge,
    /** Lets time pass with a block lifted, and returns the verdict. */
    pass(seconds: number, block?: string, activity: ArmActivity = 'working') {
      lifted = block;
      for (let n = Math.round(seconds / PERIOD_S); n > 0; n--) {
        time += PERIOD_S;
        judge.observe(time, activity);
      }
      if (judge.isOverdue) judge.close('time limit');
      return judge.outcome;
    },
  };
}

const sentence = ({ colour, shape }: { colour: string; shape: string }) => `pick up the ${colour} ${shape}`;

describe('TaskJudge', () => {
  it('judges the block that was asked for last, and no longer the first one', () => {
    const { instance, judge, pass } = openScene();
    const own = instance.plan(stateOf(instance)).annotation.object;
    const other = instance.named.find(({ object }) => object !== own)!;
    judge.setInstruction(sentence(other));
    expect(pass(2.1, other.object)).toBe('success');
    expect(instance.plan(stateOf(instance)).annotation.object).toBe(other.object);
    judge.setInstruction(sentence(other));
    expect(judge.outcome).toBe('running');
    expect(pass(2.1, own)).toBe('failure');
    judge.setInstruction(instance.instruction);
    expect(pass(2.1, own)).toBe('success');
  });

  it('has no verdict on a block that is not there, on another request, and on an open one', () => {
    const { instance, judge, pass } = openScene();
    const absent = COLOURS.find((each) => instance.named.every(({ colour }) => colour !== each))!;
    for (const text of [`pick up the ${absent} cube`, 'go home', 'take a block', '']) {
      judge.setInstruction(text);
      expect(judge.canJudge, text).toBe(false);
      expect(pass(2.5, instance.objects[0].name), text).toBe('running');
    }
    expect(pass(10)).toBe('no_verdict');
  });

  it('knows the block by its colour alone, since each has its own', () => {
    const { instance, judge, pass } = openScene();
    const { colour, object } = instance.named[2];
    judge.setInstruction(`take the ${colour} one`);
    expect(pass(2.1, object)).toBe('success');
  });

  it('has no success while the arm is stopped', () => {
    const { instance, judge, pass } = openScene();
    const own = instance.plan(stateOf(instance)).annotation.object;
    expect(pass(1, own)).toBe('running');
    expect(pass(3, own, 'stopped')).toBe('running');
    judge.close('stop');
    expect(judge.outcome).toBe('failure');
  });

  it('does not count the time in which the arm waits', () => {
    const { instance, pass } = openScene();
    expect(pass(60, undefined, 'waiting')).toBe('running');
    expect(pass(instance.timeLimit - 0.1)).toBe('running');
    expect(pass(60, undefined, 'waiting')).toBe('running');
    expect(pass(0.2)).toBe('failure');
  });

  it('has no time limit once it is lifted', () => {
    const { judge, pass } = openScene();
    judge.liftTimeLimit();
    expect(pass(40)).toBe('running');
  });

  it('judges the tray and the box of another instruction in sort', () => {
    const { instance, judge } = openScene(sort);
    for (const [weight, side] of [
      ['heavy', 'left'],
      ['light', 'right'],
    ]) {
      judge.setInstruction(`put the ${weight} one on the ${side} tray`);
      expect(judge.canJudge).toBe(true);
      expect(instance.goal.key).toBe(`sort ${weight} ${side}`);
    }
  });

  it('judges no other goal of a task that cannot change its own', () => {
    const own = pick.draw({ seed: 3, wordings: 'train', swap: false });
    const { objects, named, goal, instruction } = own;
    const fixed: TaskInstance = {
      task: 'pick',
      timeLimit: 15,
      objects,
      named,
      goal,
      instruction,
      judge: (state) => own.judge(state),
      followedInstruction: () => own.followedInstruction(),
      plan: (state) => own.plan(state),
    };
    const judge = new TaskJudge(pick, fixed, () => stateOf(own));
    judge.setInstruction(sentence(named.find(({ colour, shape }) => goal.key !== `pick ${colour} ${shape}`)!));
    expect(judge.canJudge).toBe(false);
    judge.setInstruction(own.instruction);
    expect(judge.canJudge).toBe(true);
  });

  it('judges the last state of a task for planners: when the plan has ended, at the time limit, and never before', () => {
    const { instance, judge, pass } = openScene(tidy);
    expect(pass(3)).toBe('running');
    judge.close('plan');
    const expected = instance.shortcomings!(stateOf(instance));
    expect(judge.outcome).toBe(expected.length === 0 ? 'success' : 'failure');
    expect(judge.shortcomings).toEqual(expected);
    judge.setInstruction(instance.instruction);
    expect([judge.outcome, judge.shortcomings]).toEqual(['running', []]);
    expect(pass(instance.timeLimit)).toBe(expected.length === 0 ? 'success' : 'failure');
  });

  it('fails a task for planners that was stopped, and has no verdict on another request', () => {
    const stopped = openScene(tidy);
    stopped.judge.close('stop');
    expect([stopped.judge.outcome, stopped.judge.shortcomings]).toEqual(['failure', []]);
    const { judge } = openScene(tidy);
    judge.setInstruction('pick up the red cube');
    judge.close('plan');
    expect(judge.outcome).toBe('no_verdict');
  });

  it('of a recording goes on after a failure of manner, and fails at the end of the task', () => {
    const verdicts: ('running' | 'failure' | 'success')[] = ['running', 'failure', 'running', 'success'];
    const judgeOf = (goesOn: boolean, recovers: boolean) => {
      const own = pick.draw({ seed: 3, wordings: 'train', swap: false });
      let n = 0;
      own.judge = () => verdicts[n++] ?? 'success';
      own.canGoOn = () => recovers;
      const judge = new TaskJudge(pick, own, () => stateOf(own), goesOn);
      for (let k = 1; k <= 60; k++) judge.observe(k * PERIOD_S, 'working');
      return { outcome: judge.outcome, judgements: n };
    };
    expect(judgeOf(true, true)).toEqual({ outcome: 'failure', judgements: 4 });
    expect(judgeOf(true, false)).toEqual({ outcome: 'failure', judgements: 2 });
    expect(judgeOf(false, true)).toEqual({ outcome: 'failure', judgements: 2 });
  });
});

import { RecedingHorizon } from '@praxis/policy';
import { Episode, type EpisodeOptions, pick, type Task, TaskArm } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

const TIME_LIMIT_S = 0.1;
/** The task pick with a short time limit. */
const shortPick: Task = {
  ...pick,
  draw: (options) => Object.assign(pick.draw(options), { timeLimit: TIME_LIMIT_S }),
};
const scene = { task: shortPick, seed: 7, urdf: armUrdf(), wordings: 'report' } as const;

const open = (more: Partial<EpisodeOptions> = {}): Promise<Episode> =>
  Episode.create({ ...scene, policy: 'expert', scheduler: new RecedingHorizon(), afterStop: 'wait', ...more });

async function play(episode: Episode, seconds: number): Promise<boolean> {
  let goesOn = true;
  for (const end = episode.time + seconds; goesOn && episode.time < end; ) goesOn = await episode.step();
  return goesOn;
}

describe('an episode that waits', () => {
  it('has no time limit while it is stopped, and goes on after a reset', async () => {
    const episode = await open();
    await play(episode, TIME_LIMIT_S / 2);
    episode.request('stop');
    expect(await play(episode, 0.4)).toBe(true);
    expect(episode.result()).toMatchObject({ outcome: 'no_verdict', success: false });
    episode.request('resetAndStart');
    expect(episode.supervisor!.state).toBe('running');
    expect(await play(episode, 0.2)).toBe(false);
    expect(episode.result()).toMatchObject({ outcome: 'failure', failure: 'time limit' });
    await episode.close();
  });

  it('has no time limit while an operator moves the arm', async () => {
    const episode = await open();
    episode.setDriver('operator');
    expect(await play(episode, 2 * TIME_LIMIT_S)).toBe(true);
    episode.setDriver('policy');
    expect(await play(episode, 2 * TIME_LIMIT_S)).toBe(false);
    await episode.close();
  });

  it('has no verdict on what the scene does not have', async () => {
    const episode = await open({ instruction: 'pick up the banana' });
    expect(await play(episode, 2 * TIME_LIMIT_S)).toBe(false);
    expect(episode.result()).toMatchObject({
      outcome: 'no_verdict',
      failure: '"pick up the banana" is no goal of this scene, which can be judged',
      instructionFollowed: false,
    });
    await episode.close();
  });
});

describe('the arm of a task without a supervisor of its own', () => {
  it('stops the clock of the task behind closed brakes and while it is held', async () => {
    const arm = await TaskArm.create(scene);
    const wait = (seconds: number) => {
      for (const end = arm.time + seconds; arm.time < end; ) arm.step();
      return arm.verdict;
    };
    arm.setBrakes('closed');
    expect(wait(2 * TIME_LIMIT_S)).toBe('running');
    arm.setBrakes('open');
    arm.setSupervision('held');
    expect(wait(2 * TIME_LIMIT_S)).toBe('running');
    arm.setSupervision('running');
    expect(wait(2 * TIME_LIMIT_S)).toBe('failure');
    await arm.close();
  });

  it('judges the instruction in force, without a time limit once somebody gave another one', async () => {
    const arm = await TaskArm.create(scene);
    arm.setInstruction('pick up the banana');
    expect(arm.verdict).toBe('no_verdict');
    const { colour, shape } = arm.instance.named[0];
    arm.setInstruction(`pick up the ${colour} ${shape}`);
    for (const end = arm.time + 2 * TIME_LIMIT_S; arm.time < end; ) arm.step();
    expect(arm.verdict).toBe('running');
    await arm.close();
  });
});

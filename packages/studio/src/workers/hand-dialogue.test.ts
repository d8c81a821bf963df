import { fileURLToPath } from 'node:url';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, free, robotSetup } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { handDriver } from './drivers.ts';
import { HandDialogue } from './hand-dialogue.ts';

const episodes: Episode[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const episode of episodes.splice(0)) await episode.close();
});

/** An episode of a robot that is driven by hand. */
async function drive(name: string) {
  const source = await openRobotSource(fileURLToPath(new URL(`../../../../robots/${name}`, import.meta.url)));
  // No picture is looked at here, and each takes as long as ten steps.
  const robot = { ...source, definition: { ...source.definition, cameras: {} } };
  const driver = handDriver(robotSetup(robot));
  const episode = await Episode.create({
    ...{ task: free, seed: 7, robot, policy: driver.policy, scheduler: new RecedingHorizon(), afterStop: 'wait' },
  });
  episodes.push(episode);
  const replies: string[] = [];
  const dialogue = driver.open(
    episode,
    (message) => message.kind === 'reply' && replies.push(message.words.join('; ')),
  );
  if (!(dialogue instanceof HandDialogue)) throw new Error('not driven by hand');
  const run = async (seconds: number) => {
    for (const end = episode.time + seconds; episode.time < end; ) {
      await episode.step();
      dialogue.poll();
    }
  };
  const place = (link: string) => [...episode.world.bodyPose(episode.world.body(link))].slice(0, 3);
  await run(0.3);
  return { episode, dialogue, replies, run, place };
}

describe('two arms that are driven by hand', { timeout: 60_000 }, () => {
  it('move by words: the selected one, or the one that the words name, while the other one stays', async () => {
    const { dialogue, replies, run, place } = await drive('two_arms');
    const before = [place('left_tool'), place('right_tool')];
    dialogue.handleText(1, 'move up 3 cm', 'playing');
    await run(1.6);
    dialogue.handleText(2, 'right arm: up 2 cm', 'playing');
    await run(1.5);
    const rise = (tool: string, i: number) => place(tool)[2] - before[i][2];
    expect(rise('left_tool', 0)).toBeCloseTo(0.03, 2);
    expect(rise('right_tool', 1)).toBeCloseTo(0.02, 2);
    dialogue.selectArm('right');
    dialogue.handleText(3, 'where are you', 'playing');
    dialogue.handleText(4, 'pick up the red cube', 'playing');
    expect(replies.slice(0, 4)).toEqual(['left: moving up 3 cm', 'left: done', 'right: moving up 2 cm', 'right: done']);
    expect(replies[4]).toMatch(/^right: the tool is/);
    expect(replies[5]).toContain('no policy drives the robot');
  });

  it('move by a button until it comes up, and report the edge once while it is held', async () => {
    const { dialogue, replies, run, place } = await drive('two_arms');
    const jog = { kind: 'jog', group: 'left', axis: 'x', direction: -1, speed: 1 } as const;
    const start = place('left_tool');
    dialogue.handleDrive(jog, 'playing');
    await run(0.8);
    dialogue.handleDrive({ kind: 'release', group: 'left' }, 'playing');
    await run(0.5);
    const moved = start[0] - place('left_tool')[0];
    expect(moved).toBeGreaterThan(0.02);
    await run(0.5);
    expect(start[0] - place('left_tool')[0]).toBeCloseTo(moved, 2);
    for (let i = 0; i < 9; i++) {
      dialogue.handleDrive({ ...jog, axis: 'z' }, 'playing');
      await run(0.4);
    }
    expect(replies.length).toBeGreaterThan(0);
    expect(new Set(replies).size).toBe(replies.length);
    dialogue.handleDrive({ kind: 'gripper', group: 'right', action: 'close' }, 'playing');
    await run(2);
    expect(replies.at(-1)).toBe('right: done');
  });

  it('stop together, and move again after a reset', async () => {
    const { episode, dialogue, replies, run, place } = await drive('two_arms');
    dialogue.handleText(1, 'left arm down 2 cm', 'playing');
    await run(0.2);
    dialogue.handleText(2, 'stop', 'playing');
    await run(0.5);
    expect(episode.supervisor!.state).toBe('protective_stop');
    expect(episode.supervisor!.stopCause!.message).toBe('left: stop requested');
    dialogue.handleText(3, 'right arm up 2 cm', 'playing');
    dialogue.handleRequest('resetAndStart', 'playing');
    const before = place('right_tool')[2];
    dialogue.handleText(4, 'right arm up 2 cm', 'playing');
    await run(2);
    expect(place('right_tool')[2] - before).toBeCloseTo(0.02, 2);
    expect(replies).toEqual([
      'left: moving down 2 cm',
      'stopping',
      'right: stopped: reset the supervisor first',
      'started: drive it by hand',
      'right: moving up 2 cm',
      'right: done',
    ]);
  });
});

describe('a base that is driven by hand', { timeout: 60_000 }, () => {
  it('drives while a velocity is renewed, stands after its release, and after a stop until it is reset', async () => {
    const { episode, dialogue, replies, run } = await drive('base');
    const speed = () => Math.hypot(...episode.world.bodyVelocity('base_link').slice(0, 2));
    const ahead = { kind: 'twist', group: 'base', linear: 0.4, angular: 0 } as const;
    dialogue.handleDrive(ahead, 'playing');
    await run(0.8);
    expect(speed()).toBeGreaterThan(0.35);
    dialogue.handleDrive({ kind: 'release', group: 'base' }, 'playing');
    await run(0.8);
    expect(speed()).toBeLessThan(0.01);
    dialogue.handleDrive(ahead, 'paused');
    dialogue.handleDrive(ahead, 'playing');
    await run(0.5);
    dialogue.handleText(1, 'stop', 'playing');
    await run(1);
    expect([episode.supervisor!.state, speed() < 0.01]).toEqual(['protective_stop', true]);
    dialogue.handleRequest('resetAndStart', 'playing');
    await run(0.5);
    // The velocity from before the stop is forgotten.
    expect([episode.supervisor!.state, speed() < 0.01]).toEqual(['running', true]);
    dialogue.handleText(2, 'move left 5 cm', 'playing');
    expect(replies).toEqual([
      'nothing moves while the episode is paused: play it',
      'stopping',
      'started: drive it by hand',
      'words do not drive a base: use the buttons or the arrow keys; “stop” stops it',
    ]);
  });

  it('stands when the page no longer renews the velocity', async () => {
    const { episode, dialogue, run } = await drive('base');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    dialogue.handleDrive({ kind: 'twist', group: 'base', linear: 0.4, angular: 0 }, 'playing');
    await run(0.5);
    vi.advanceTimersByTime(700);
    await run(1);
    expect(Math.hypot(...episode.world.bodyVelocity('base_link').slice(0, 2))).toBeLessThan(0.01);
  });
});

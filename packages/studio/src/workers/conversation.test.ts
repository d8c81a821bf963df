import { readFileSync } from 'node:fs';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, pick, teleoperation } from '@praxis/sim';
import { Language, MotionPolicy, SwitchedPolicy } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { Conversation } from './conversation.ts';

const urdf = readFileSync(new URL('../../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8');

describe('the answers of the studio', () => {
  const OVER = 'the episode is over and nothing moves: reset it or load the next one';
  const PAUSED = 'nothing moves while the episode is paused: play it';

  async function openConversation() {
    let policy: SwitchedPolicy | undefined;
    const episode = await Episode.create({
      task: pick,
      seed: 7,
      urdf,
      scheduler: new RecedingHorizon(),
      afterStop: 'wait',
      policy: (expert) => {
        const motion = new MotionPolicy({ ...teleoperation(urdf), timing: expert.spec });
        policy = new SwitchedPolicy(expert, motion);
        return policy;
      },
    });
    const replies: string[] = [];
    const conversation = new Conversation({
      episode,
      policy: policy!,
      language: new Language(),
      post: (message) => message.kind === 'reply' && replies.push(message.words.join('; ')),
    });
    const run = async (seconds: number) => {
      for (const end = episode.time + seconds; episode.time < end; ) {
        await episode.step();
        void conversation.poll();
      }
    };
    return { episode, conversation, replies, run };
  }

  it('say what will happen while the episode is paused, and that nothing does after its end', async () => {
    const { conversation, replies, run, episode } = await openConversation();
    await run(0.02);
    conversation.handleText(1, 'go home', 'playing');
    conversation.handleText(2, 'yes', 'paused');
    conversation.handleText(3, 'what do you see', 'paused');
    conversation.handleText(4, 'go home', 'finished');
    conversation.handleRequest('resetAndStart', 'finished');
    expect(replies).toEqual([
      expect.stringContaining('yes or no?'),
      `going home; ${PAUSED}`,
      expect.not.stringContaining(PAUSED),
      OVER,
      OVER,
    ]);
    await episode.close();
  });

  it('say why the arm stopped, why it does not start, and what it does once it is started', async () => {
    const { conversation, replies, run, episode } = await openConversation();
    await run(0.05);
    conversation.handleRequest('stop', 'playing');
    conversation.handleRequest('resetAndStart', 'playing');
    await run(0.4);
    conversation.handleText(1, 'go home', 'playing');
    conversation.handleRequest('resetAndStart', 'playing');
    expect(replies).toEqual([
      'not started: the arm is still braking',
      'the supervisor has stopped the arm: stop requested',
      'stopped: reset the supervisor first',
      `started: the arm follows "${episode.instruction}"`,
    ]);
    await episode.close();
  });
});

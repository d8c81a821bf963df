import { readFileSync } from 'node:fs';
import { type Policy, PolicyError } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, pick, teleoperation } from '@praxis/sim';
import { Language, MotionPolicy, SwitchedPolicy } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { Conversation } from './conversation.ts';
import { Telemetry } from './telemetry.ts';

const urdf = readFileSync(new URL('../../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8');

/** The expert behind a connection that a test cuts and mends. */
async function openEpisode() {
  const connection: { fails: boolean; refusal?: string } = { fails: false };
  let policy: SwitchedPolicy | undefined;
  const episode = await Episode.create({
    ...{ task: pick, seed: 7, urdf, scheduler: new RecedingHorizon(), afterStop: 'wait' },
    policy: (expert) => {
      const far: Policy = {
        spec: expert.spec,
        infer: async (observation) => {
          if (connection.fails) throw new PolicyError('ws://far:1: the server closed the connection');
          const chunk = await expert.infer(observation);
          return connection.refusal === undefined ? chunk : { ...chunk, refused: connection.refusal };
        },
        reset: () => expert.reset(),
        close: async () => undefined,
      };
      policy = new SwitchedPolicy(far, new MotionPolicy({ ...teleoperation(urdf), timing: expert.spec }));
      return policy;
    },
  });
  const conversation = new Conversation({ episode, policy: policy!, language: new Language(), post: () => undefined });
  const telemetry = new Telemetry(episode, { inferenceMs: () => 0, learnedStamp: () => policy!.learnedStamp });
  const run = async (seconds: number) => {
    for (const end = episode.time + seconds; episode.time < end; ) {
      await episode.step();
      void conversation.poll();
    }
  };
  return { connection, episode, conversation, telemetry, run };
}

describe('the frames of an episode', () => {
  it('say why the policy gives no actions while the supervisor holds, until it gives some again', async () => {
    const { connection, episode, conversation, telemetry, run } = await openEpisode();
    const fault = () => telemetry.makeFrame(1).policyFault;
    await run(0.5);
    expect(fault()).toBeUndefined();
    connection.fails = true;
    await run(0.5);
    expect(episode.supervisor!.stopCause!.cause).toBe('empty_queue');
    const { chunks } = episode.loop.stats;
    await run(1);
    // The motion policy keeps the arm where it is.
    expect(episode.loop.stats.chunks).toBeGreaterThan(chunks);
    expect(fault()).toBe('ws://far:1: the server closed the connection');
    connection.fails = false;
    conversation.handleRequest('resetAndStart', 'playing');
    await run(0.3);
    expect(episode.supervisor!.state).toBe('running');
    expect(fault()).toBeUndefined();
    telemetry.close();
    await episode.close();
  });

  it('say why the policy refuses, while the supervisor runs, until something moves the arm', async () => {
    const { connection, episode, conversation, telemetry, run } = await openEpisode();
    const refusal = () => telemetry.makeFrame(1).refusal;
    await run(0.5);
    expect(refusal()).toBeUndefined();
    connection.refusal = 'nothing in view is what "banana" names\nat all';
    await run(1);
    expect([episode.supervisor!.state, refusal()]).toEqual(['running', 'nothing in view is what "banana" names']);
    // The motion policy takes over from an arm that stands, and does not brake along what was refused.
    const tool = [...episode.loop.controller.pose.subarray(0, 3)];
    conversation.handleRequest('hold', 'playing');
    conversation.handleRequest('resetAndStart', 'playing');
    await run(0.5);
    for (const [i, x] of episode.loop.controller.pose.subarray(0, 3).entries()) expect(x).toBeCloseTo(tool[i], 3);
    telemetry.close();
    await episode.close();
  });
});

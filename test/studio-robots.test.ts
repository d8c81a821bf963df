import {
  armBlocks,
  DEFAULT_ACTIONS,
  EE_STATE,
  EndEffectorState,
  POSE_SIZE,
  type Policy,
  quaternion,
} from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { PolicyServer } from '@praxis/policy/node';
import { pick, runEpisode } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, openStudio, RETRY_ONCE, type StudioServer } from './studio-page.ts';

/** A policy that keeps the tool where it is. */
function standing(): Policy {
  const horizon = 8;
  const input = {
    ...EndEffectorState.spec,
    name: EE_STATE,
    frame: 'base_link',
    rateHz: 500,
    window: 1,
    maximumAge: 0.1,
  };
  const timing = { horizon, actionPeriod: 0.05, inferencePeriod: 0.1 };
  return {
    spec: { name: 'standing', inputs: [input], actions: DEFAULT_ACTIONS, ...timing },
    async infer({ stamp, inputs }) {
      const state = inputs.get(EE_STATE)!.samples[0] as Float64Array;
      const pose = new Float64Array(POSE_SIZE);
      pose.set(state.subarray(0, 3));
      quaternion.fromRotationVector(state, pose, 3, 3);
      const poses = Float64Array.from({ length: horizon * POSE_SIZE }, (_, i) => pose[i % POSE_SIZE]);
      const blocks = armBlocks(poses, new Float64Array(horizon).fill(state[6]));
      return { stamp, period: timing.actionPeriod, horizon, blocks, gates: {} };
    },
    reset() {},
    close: async () => undefined,
  };
}

describe('the studio with another robot', RETRY_ONCE, () => {
  let studio: StudioServer;
  beforeAll(async () => {
    studio = await openStudio({ robots: { empty: 'robots' } });
  });
  afterAll(() => studio.close());

  const failureOf = async (query: string): Promise<string> => {
    const { page } = await openPage(studio, query);
    const line = await page.evaluate(() =>
      window.praxis!.ready.then(
        () => 'ready',
        (reason: Error) => reason.message,
      ),
    );
    await page.close();
    return line;
  };

  it.each(['arm5', 'arm6'])(
    '%s picks up its block by the expert with the actions of Node, is named, and says what its limits are from',
    async (name) => {
      const seed = 2_000_000;
      const { page, log } = await openPage(studio, `?robot=${name}&play=0`);
      await page.evaluate(() => window.praxis!.ready);
      const text = (id: string) => page.getByTestId(id).textContent();
      expect(await page.getByTestId('robot').inputValue()).toBe(name);
      expect(await page.getByTestId('driver').inputValue()).toBe('expert');
      expect(await text('robot-notes-list')).toContain(
        'limits derived from the description, not measured: acceleration',
      );
      expect(await page.getByTestId('wrench').getAttribute('data-sensor')).toBe(name === 'arm5' ? 'absent' : 'present');
      const run = await page.evaluate((choice) => window.praxis!.runEpisode(choice), {
        task: 'pick',
        seed,
        driver: 'expert',
      } as const);
      const node = await runEpisode({
        ...{ task: pick, seed, policy: 'expert', scheduler: new RecedingHorizon(), wordings: 'report' },
        robot: await openRobotSource(`robots/${name}`),
      });
      expect(run).toMatchObject({ success: true, actionsSha256: node.actionsSha256 });
      expect(log.lines).toEqual([]);
      await page.close();
    },
  );

  it('refuses a robot that the server does not have, or whose folder is not valid, in one line', async () => {
    expect(await failureOf('?robot=arm7')).toBe(
      'The simulator did not load: unknown robot "arm7": expected one of arm5, arm6, base, praxis_arm, two_arms, empty',
    );
    expect(await failureOf('?robot=two_arms')).toMatch(
      /robot two_arms: command groups left, right, expected a robot with one arm here$/,
    );
    expect(await failureOf('?robot=empty')).toMatch(
      /^The simulator did not load: .*robots: robot\.yaml: file not found/,
    );
  });

  it('is driven by the policy of a server, and names the address where no server answers', async () => {
    const server = await PolicyServer.listen({ open: async () => standing(), port: 0 });
    const { url } = server;
    const { page } = await openPage(studio, `?policy=${url}&seed=2000000`);
    await page.evaluate(() => window.praxis!.ready);
    const text = (id: string) => page.getByTestId(id).textContent();
    await page.waitForFunction(() => Number.parseFloat(document.getElementById('time')!.textContent) > 0.5);
    expect(await text('policy-name')).toBe('policy: standing');
    expect(await page.getByTestId('error').isHidden()).toBe(true);
    await page.close();
    await server.close();
    expect(await failureOf(`?policy=${url}`)).toContain(`${url}: `);
  });

  it.each([
    ['dies', 'closed with 1006'],
    ['stalls', 'no answer within 3 s'],
  ])(
    'holds the arm and goes on saying why when the server %s, until the policy gives actions again',
    async (how, why) => {
      const policy = standing();
      let answers = 0;
      let stalled = false;
      const served: Policy = {
        ...policy,
        async infer(observation) {
          answers++;
          return stalled ? new Promise<never>(() => undefined) : policy.infer(observation);
        },
      };
      const listen = (port: number) => PolicyServer.listen({ open: async () => served, port });
      let server = await listen(0);
      const { url } = server;
      const port = Number(new URL(url).port);
      const { page } = await openPage(studio, `?policy=${url}&seed=2000000`);
      await page.evaluate(() => window.praxis!.ready);
      await expect.poll(() => answers, { timeout: 30_000 }).toBeGreaterThan(3);
      if (how === 'dies') await server.close();
      else stalled = true;
      await page.waitForSelector('#safety-state[data-state=hold]');
      const time = () => page.evaluate(() => Number.parseFloat(document.getElementById('time')!.textContent!));
      const held = await time();
      await page.waitForFunction(
        (s) => Number.parseFloat(document.getElementById('time')!.textContent!) > s,
        held + 0.5,
      );
      const text = (id: string) => page.getByTestId(id).textContent();
      expect(await text('stop-cause')).toContain('the chunk queue has been empty');
      expect(await text('error')).toContain(`${url}: `);
      expect(await text('error')).toContain(why);
      stalled = false;
      if (how === 'dies') server = await listen(port);
      await expect
        .poll(
          async () => {
            await page
              .getByTestId('reset-and-start')
              .click({ timeout: 500 })
              .catch(() => undefined);
            return page.getByTestId('error').isHidden();
          },
          { timeout: 30_000, interval: 200 },
        )
        .toBe(true);
      await page.close();
      await server.close();
    },
  );
});

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
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import square from '../examples/driven-base/policy.ts';
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
        'has no settings; derived from its description, not measured: acceleration',
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
    ['an arm', 'dies', /closed with 1006/, standing, ''],
    // The policy that drives a base is asked again at once, before the page is connected anew.
    ['a base', 'stalls', /no answer within 3 s|no connection/, square, '&robot=base'],
  ] as const)(
    'holds %s and goes on saying why when the server of its policy %s, until the policy gives actions again',
    async (_, how, why, open, query) => {
      const policy = open();
      let answers = 0;
      let stalled = false;
      const served: Policy = {
        ...policy,
        spec: policy.spec,
        reset: () => policy.reset(),
        close: () => policy.close(),
        async infer(observation) {
          answers++;
          return stalled ? new Promise<never>(() => undefined) : policy.infer(observation);
        },
      };
      const listen = (port: number) => PolicyServer.listen({ open: async () => served, port });
      let server = await listen(0);
      const { url } = server;
      const { page } = await openPage(studio, `?policy=${url}&seed=2000000${query}`);
      await page.evaluate(() => window.praxis!.ready);
      await expect.poll(() => answers, { timeout: 30_000 }).toBeGreaterThan(3);
      if (how === 'dies') await server.close();
      else stalled = true;
      await supervisorState(page, 'hold');
      const text = (id: string) => page.getByTestId(id).textContent();
      // The motion policy keeps the arm where it is meanwhile: its chunks say nothing about the other policy.
      await reach(page, Number.parseFloat((await text('time'))!) + 0.5);
      expect(await text('stop-cause')).toContain('the chunk queue has been empty');
      expect(await text('error')).toMatch(/^The policy gives no actions, and the robot holds: ws:/);
      expect(await text('error')).toMatch(why);
      stalled = false;
      if (how === 'dies') server = await listen(Number(new URL(url).port));
      const isMended = async () => {
        const reset = page.getByTestId('reset-and-start');
        if (await reset.isEnabled()) await reset.click();
        return page.getByTestId('error').isHidden();
      };
      await expect.poll(isMended, { timeout: 30_000, interval: 100 }).toBe(true);
      await page.close();
      await server.close();
    },
  );
});

/** Waits until simulated time reaches `seconds`. */
const reach = (page: Page, seconds: number) =>
  page.waitForFunction((s) => Number.parseFloat(document.getElementById('time')!.textContent) >= s, seconds);
const supervisorState = (page: Page, state: string) => page.waitForSelector(`#safety-state[data-state=${state}]`);

describe('the studio with a robot of several command groups', RETRY_ONCE, () => {
  let studio: StudioServer;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio.close());

  const texts = (page: Page, id: string) => page.getByTestId(id).locator('option').allTextContents();

  it('moves the selected arm by words and buttons, shows both, and stops both in the name of one', async () => {
    const { page, log } = await openPage(studio, '?robot=two_arms');
    await page.evaluate(() => window.praxis!.ready);
    const text = (id: string) => page.getByTestId(id).textContent();
    const heightOf = async (arm: string): Promise<number> => {
      await page.getByTestId('instruction-text').fill(`${arm} arm: where are you`);
      await page.getByTestId('send').click();
      const line = page.getByTestId('transcript').locator('.answer', { hasText: `${arm}: the tool is` });
      const answer = await line.first().textContent();
      await page.getByTestId('transcript').evaluate((list) => list.replaceChildren());
      return Number(/([\d.]+) cm up/.exec(answer!)?.[1]);
    };
    await reach(page, 0.3);
    expect(await texts(page, 'task')).toEqual(['free']);
    expect(await texts(page, 'driver')).toEqual(['by hand']);
    expect(await page.locator('#cameras figcaption').allTextContents()).toEqual(['front', 'left_wrist', 'right_wrist']);
    for (const id of ['mask-vision', 'gates']) expect(await page.getByTestId(id).isVisible()).toBe(false);
    const before = [await heightOf('left'), await heightOf('right')];
    await page.getByTestId('drive-group-right').check();
    await page.getByTestId('drive-up').hover();
    await page.mouse.down();
    await reach(page, Number.parseFloat((await text('time'))!) + 0.8);
    await page.mouse.up();
    await expect.poll(() => heightOf('right'), { timeout: 30_000 }).toBeGreaterThan(before[1] + 1);
    expect(Math.abs((await heightOf('left')) - before[0])).toBeLessThan(0.5);
    await page.getByTestId('stop').click();
    await supervisorState(page, 'protective_stop');
    expect(await text('stop-cause')).toMatch(/left: stop requested/);
    expect(await text('drive-why')).toContain('Reset and start');
    expect(await page.getByTestId('drive-up').isDisabled()).toBe(true);
    expect(await text('force')).toMatch(/^[\d.]+ \/ [\d.]+ N$/);
    expect(new URL(page.url()).search).toBe('?robot=two_arms&task=free&seed=2000000');
    expect(log.lines).toEqual([]);
    expect(log.requests.filter((url) => url.includes('/models/'))).toEqual([]);
    await page.close();
  });

  it('drives a base by keys while they are down, and by no key that cannot move it', async () => {
    const { page, log } = await openPage(studio, '?robot=base');
    await page.evaluate(() => window.praxis!.ready);
    const text = (id: string) => page.getByTestId(id).textContent();
    const speed = async () => Number.parseFloat((await text('force'))!);
    await reach(page, 0.2);
    await page.keyboard.down('ArrowUp');
    // A page that is too slow to renew the velocity lets the base stop in between.
    await expect.poll(speed, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0.05);
    await page.keyboard.up('ArrowUp');
    await expect.poll(speed, { timeout: 30_000 }).toBeLessThan(0.02);
    expect(await page.getByTestId('instruction-text').isVisible()).toBe(false);
    await page.keyboard.press('Space');
    await page.waitForSelector('#state[data-state=paused]');
    expect(await text('drive-why')).toContain('play it');
    expect(await page.getByTestId('drive-ahead').isDisabled()).toBe(true);
    expect(log.lines).toEqual([]);
    await page.close();
  });
});

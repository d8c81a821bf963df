import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasShippedPolicy, openPage, openStudio, type PageLog, RETRY_ONCE, type StudioServer } from './studio-page.ts';

// The cameras find things by the detection of the shipped policy.
describe.skipIf(!hasShippedPolicy)('the studio with a planner', RETRY_ONCE, () => {
  let studio: StudioServer;
  let page: Page;
  let log: PageLog;

  beforeAll(async () => {
    studio = await openStudio();
    ({ page, log } = await openPage(studio, `?model=${studio.model.path}&planner=rules&speed=2&play=0`));
    await page.waitForSelector('#state[data-state=paused]');
  });

  afterAll(async () => {
    await studio.close();
  });

  const textOf = (id: string) => page.getByTestId(id).textContent();
  const press = (id: string) => page.getByTestId(id).click();
  const planState = (wanted: string) => page.waitForSelector(`#plan[data-state=${wanted}]`);
  const send = async (text: string) => {
    await page.getByTestId('instruction-text').fill(text);
    await press('send');
  };
  const steps = () =>
    page
      .locator('#plan-steps li')
      .evaluateAll((lines) =>
        (lines as HTMLElement[]).map((line) => `${line.querySelector('.step')!.textContent}: ${line.dataset.state}`),
      );
  /** Waits until a step runs. */
  const running = (text: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector('#plan-steps [data-state=running] .step')?.textContent === wanted,
      text,
    );

  const time = async () => Number.parseFloat((await textOf('time'))!);
  /** Waits for simulated time to pass (s). */
  const passed = async (seconds: number) =>
    page.waitForFunction(
      (end) => Number.parseFloat(document.getElementById('time')!.textContent!) >= end,
      (await time()) + seconds,
    );

  it('waits for a request, plans it on what the cameras see, and does it step by step', async () => {
    expect(await textOf('instruction')).toBe('');
    await press('play');
    await send('move up 4 cm, then open the gripper');
    await planState('done');
    expect(await steps()).toEqual(['move up 0.04: done', 'open gripper: done']);
    expect(await textOf('reply')).toContain('Done: move up 0.04, open gripper.');
    const things = await page.getByTestId('plan-things').locator('li').allTextContents();
    expect(things.length).toBeGreaterThan(0);
    for (const thing of things) expect(thing).toMatch(/\d+ %$/);
  });

  it('refuses what it does not know, and asks for a yes before a large step, which a no prevents', async () => {
    await send('put the purple elephant on the left tray');
    await planState('refused');
    expect(await steps()).toEqual([]);
    expect(await textOf('plan-text')).toMatch(/elephant/);
    await send('move up 12 cm, then go home');
    await planState('asking');
    await page.waitForSelector('#confirm:not([hidden])');
    expect(await textOf('confirm-text')).toBe('moving up 12 cm');
    await press('no');
    await planState('unanswered');
    expect(await steps()).toEqual(['move up 0.12: waiting', 'home: waiting']);
    expect(await page.getByTestId('confirm').isHidden()).toBe(true);
  });

  it('is corrected while it runs, ends with a stop that latches, and goes on with a new request only', async () => {
    await page.getByTestId('speed').selectOption('0.25');
    await send('move down 3 cm, then close the gripper');
    await running('move down 0.03');
    await send('move left 9 cm');
    await running('move left 0.09');
    expect(await steps()).toEqual(['move down 0.03: interrupted', 'move left 0.09: running']);
    await page.locator('h1').click();
    await page.keyboard.press('s');
    await planState('stopped');
    await page.waitForSelector('#safety-state[data-state=protective_stop]');
    expect(await page.getByTestId('cancel-plan').isHidden()).toBe(true);
    await page.getByTestId('speed').selectOption('2');
    // The arm comes to rest first.
    await passed(0.5);
    await press('banner-reset');
    await page.waitForSelector('#safety-state[data-state=running]');
    expect(await page.locator('#plan').getAttribute('data-state')).toBe('stopped');
    await page.getByTestId('speed').selectOption('0.25');
    await send('move right 9 cm, then close the gripper');
    await running('move right 0.09');
    await press('cancel-plan');
    await planState('cancelled');
  });

  it('does the request of a task that takes a planner, as the simulator judges the world', async () => {
    const run = (seed: number) => page.evaluate((s) => window.praxis!.runEpisode({ task: 'tidy', seed: s }), seed);
    // One request in seven may fail; both are short.
    const first = await run(2_000_000);
    const result = first.success ? first : await run(2_000_013);
    expect(result).toMatchObject({ task: 'tidy', success: true, outcome: 'success' });
    expect(await textOf('outcome')).toBe('success');
    expect(await page.getByTestId('planner').inputValue()).toBe('rules');
    expect(new URL(page.url()).searchParams.get('planner')).toBeNull();
  });

  it('caused no console line and no request to another server', () => {
    expect(log.lines).toEqual([]);
    expect(log.requests.filter((url) => !url.startsWith(studio.url) && !/^(data|blob):/.test(url))).toEqual([]);
  });
});

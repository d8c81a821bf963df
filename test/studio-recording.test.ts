import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bytesSource, McapFile } from '@praxis/wire/mcap';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeSmallRecording } from './recordings/small-recording.ts';
import { openPage, openStudio, type PageLog, RETRY_ONCE, root, type StudioServer } from './studio-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-player-test-'));
const recording = join(folder, 'wave.mcap');

let studio: StudioServer;
let page: Page;
let log: PageLog;

beforeAll(async () => {
  // 20 s, in which the supervisor stops at 5 s and at 12 s.
  await writeSmallRecording(recording, { periods: 2000, stops: [500, 1200] });
  studio = await openStudio();
  ({ page, log } = await openPage(studio, `?model=${studio.model.path}&task=pick&seed=2000000&play=0`));
  await page.waitForSelector('#state[data-state=paused]');
});

afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true });
});

const text = async (id: string): Promise<string> => (await page.getByTestId(id).textContent()) ?? '';
const choose = (file: string) => page.getByTestId('recording-file').setInputFiles(file);
const key = (name: string) => page.keyboard.press(name);
/** Time that the player shows (s). */
const time = (): Promise<number> =>
  page.getByTestId('player-slider').evaluate((slider) => (slider as HTMLInputElement).valueAsNumber);

/** Waits until the picture is the one that was taken at `stamp` (s). */
const picture = (stamp: number) =>
  page.waitForFunction(
    (wanted) => document.getElementById('recorded-front')?.dataset.stamp === wanted,
    stamp.toFixed(3),
  );
/** The first red value of the picture. */
const red = (): Promise<number> =>
  page.getByTestId('recorded-front').evaluate((canvas) => {
    const context = (canvas as HTMLCanvasElement).getContext('2d')!;
    return context.getImageData(1, 1, 1, 1).data[0];
  });
const currentMark = async (): Promise<string | undefined> =>
  (await page.locator('#player-marks [aria-current=true]').allTextContents())[0];

describe('a recording in the studio', RETRY_ONCE, () => {
  beforeEach(async () => {
    if (await page.getByTestId('player').isVisible()) await page.getByTestId('player-close').click();
    await choose(recording);
    await page.waitForFunction(
      () =>
        document.getElementById('player-name')?.textContent === 'wave.mcap' &&
        document.querySelectorAll('#player-marks li').length === 3 &&
        document.getElementById('player-reading')?.textContent === '',
    );
  });

  it('shows what it is in place of the simulation, and asks the server for nothing of it', async () => {
    expect(await text('player-name')).toBe('wave.mcap');
    expect(await text('player-facts')).toBe('task wave · seed 7 · policy waver · outcome success');
    expect(await page.locator('main').isHidden()).toBe(true);
    expect(await page.getByTestId('player-cut').isHidden()).toBe(true);
    expect(await page.getByTestId('player-damage').isHidden()).toBe(true);
    expect(await page.locator('#player-marks li').allTextContents()).toEqual([
      '0.00 sinstruction wave to me',
      '4.99 ssupervisor running to protective stop: contact of 500 N',
      '11.99 ssupervisor running to protective stop: contact of 1200 N',
    ]);
    expect(log.requests.filter((url) => url.includes('wave'))).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('shows pictures, instruction, state and marks of the time that the slider chooses', async () => {
    const slider = page.getByTestId('player-slider');
    const to = (seconds: number) => slider.fill(String(seconds));
    await to(3);
    // Period k sends a picture that was taken 0.025 s before, with k in its first byte; the first message is that of 0.01 s.
    await picture(2.93 - 0.025 - 0.01);
    const early = await red();
    expect(early).toBe(293 & 255);
    expect(await text('player-instruction')).toBe('wave to me');
    expect(await page.getByTestId('player-safety').isHidden()).toBe(true);
    await to(15);
    await picture(14.93 - 0.025 - 0.01);
    expect(await red()).toBe(1493 & 255);
    expect(await text('player-safety')).toBe('protective stop');
    expect(await currentMark()).toContain('contact of 1200 N');
    expect(await slider.getAttribute('aria-valuetext')).toBe('15.00 s of 19.99 s');
    expect(await text('player-stamp')).toBe('15.010 s');
  });

  it('moves by keys and by clicks on marks and plots', async () => {
    await key('End');
    expect(await time()).toBeCloseTo(19.99, 2);
    await key('PageUp');
    expect(await time()).toBeCloseTo(11.99, 2);
    await key('Shift+ArrowRight');
    await key('ArrowLeft');
    expect(await time()).toBeCloseTo(12.89, 2);
    await key('Home');
    expect(await time()).toBe(0);
    await page.locator('#player-marks button').nth(1).click();
    expect(await time()).toBeCloseTo(4.99, 2);
    expect(await currentMark()).toContain('contact of 500 N');
    await page.getByTestId('player-timeline-marks').locator('.mark').nth(2).click();
    expect(await time()).toBeCloseTo(11.99, 2);
    // The window of 8 s around 11.99 s: a click in its first quarter goes back.
    const plot = page.locator('#player-plots .u-over').first();
    const { width, height } = (await plot.boundingBox())!;
    await plot.click({ position: { x: width / 4, y: height / 2 } });
    expect(await time()).toBeCloseTo(9.99, 0);
  });

  it('plots a window around the time, and the whole recording', async () => {
    const plots = page.getByTestId('player-plots');
    await page.getByTestId('player-slider').fill('10');
    await page.waitForFunction(() => document.getElementById('player-plots')?.dataset.span === '6.00 14.00');
    // Force, torque, gates, two joints, the gripper.
    expect(await plots.getAttribute('data-plots')).toBe('6');
    const shoulder = plots.locator('.plot-head').nth(3);
    await page.waitForFunction(() =>
      /position-?[\d.]+command-?[\d.]+/.test(
        document.querySelectorAll('#player-plots .plot-head')[3]?.textContent ?? '',
      ),
    );
    const [, position, command] = /position(-?[\d.]+)command(-?[\d.]+)/.exec((await shoulder.textContent()) ?? '')!;
    expect(Number(position)).toBeCloseTo(Math.sin(2 * 10.01), 1);
    expect(Number(command)).toBeCloseTo(Math.sin(2 * 10.06), 1);
    await page.getByTestId('player-whole').check();
    await page.waitForFunction(() => document.getElementById('player-plots')?.dataset.span === '0.00 19.99');
    await page.getByTestId('player-window').check();
  });

  it('plays at the chosen speed, pauses, and stands still at the end', async () => {
    await key('Home');
    await page.getByTestId('player-speed').selectOption('4');
    await page.getByTestId('player-play').click();
    await page.waitForFunction(() => (document.getElementById('player-slider') as HTMLInputElement).valueAsNumber > 2);
    expect(await text('player-play')).toBe('Pause');
    await page.getByTestId('player-slider').focus();
    await key('Space');
    expect(await text('player-play')).toBe('Play');
    const paused = await time();
    await page.getByTestId('player-slider').fill('19');
    await key('Space');
    await page.waitForFunction(() => document.getElementById('player-play')?.textContent === 'Play');
    expect(await time()).toBeCloseTo(19.99, 2);
    expect(paused).toBeLessThan(19);
    await page.getByTestId('player-speed').selectOption('1');
  });

  it('goes back to the simulation, whose keys are its own again', async () => {
    await key('s');
    await page.getByTestId('player-close').click();
    expect(await page.locator('main').isVisible()).toBe(true);
    expect(await page.getByTestId('stop-banner').isHidden()).toBe(true);
    await page.getByTestId('player').waitFor({ state: 'hidden' });
  });

  it('opens a file that is dropped on the page', async () => {
    await page.getByTestId('player-close').click();
    const other = join(folder, 'dropped.mcap');
    writeFileSync(other, readFileSync(recording));
    const bytes = [...readFileSync(other)];
    await page.evaluate((content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(content)], 'dropped.mcap'));
      for (const type of ['dragover', 'drop']) {
        window.dispatchEvent(new DragEvent(type, { dataTransfer, cancelable: true }));
        if (type === 'dragover' && document.getElementById('drop-hint')?.hidden) throw new Error('no hint');
      }
    }, bytes);
    await page.waitForFunction(() => document.getElementById('player-name')?.textContent === 'dropped.mcap');
    expect(await page.getByTestId('drop-hint').isHidden()).toBe(true);
  });
});

describe('a file that is no whole recording', RETRY_ONCE, () => {
  beforeEach(async () => {
    if (await page.getByTestId('player').isVisible()) await page.getByTestId('player-close').click();
  });

  const write = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const errorOf = async (file: string): Promise<string> => {
    await choose(file);
    await page.waitForFunction(
      (name) => document.getElementById('error')?.textContent?.startsWith(name),
      basename(file),
    );
    return text('error');
  };

  it('gets one line with the byte, and the simulation stays', async () => {
    expect(await errorOf(write('empty.mcap', new Uint8Array(0)))).toBe(
      'empty.mcap: empty, expected an MCAP file (byte 0)',
    );
    expect(await errorOf(join(root, 'README.md'))).toMatch(/^README.md: no MCAP file: .* \(byte 0\)$/);
    const corpus = join(root, 'test', 'recordings', 'corpus', 'foreign.mcap');
    expect(await errorOf(corpus)).toMatch(/^foreign.mcap: /);
    expect(await page.locator('main').isVisible()).toBe(true);
  });

  it('shows what stands before a cut, and says where it was cut off', async () => {
    const whole = readFileSync(recording);
    await choose(write('cut.mcap', whole.subarray(0, Math.floor(whole.length / 2))));
    await page.getByTestId('player-cut').waitFor();
    expect(await text('player-cut')).toMatch(
      /^cut off at byte \d+: .*What stands before it is shown; \d+ bytes are lost\.$/,
    );
    await page.waitForFunction(() => document.querySelectorAll('#player-marks li').length > 0);
    await page.getByTestId('player-slider').fill('3');
    await picture(2.93 - 0.025 - 0.01);
    expect(await page.getByTestId('error').isHidden()).toBe(true);
  });

  it('names the byte of a damaged chunk, and shows the others', async () => {
    const bytes = readFileSync(recording);
    const { chunks } = await McapFile.open(bytesSource('', bytes));
    const damaged = chunks[10];
    bytes[damaged.records + damaged.recordsLength - 40] ^= 0xff;
    await choose(write('damaged.mcap', bytes));
    await page.getByTestId('player-damage').waitFor();
    expect(await text('player-damage')).toContain(`damaged.mcap: a damaged chunk: `);
    expect(await text('player-damage')).toContain(`(byte ${damaged.offset})`);
    await page.getByTestId('player-slider').fill('3');
    await picture(2.93 - 0.025 - 0.01);
  });
});

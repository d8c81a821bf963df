import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { FoxgloveClient } from '@foxglove/ws-protocol';
import { openRemotePolicy } from '@praxis/policy/node';
import { FOXGLOVE_SUBPROTOCOLS } from '@praxis/wire/bridge';
import type { Browser, Page } from 'playwright-core';
import { Ros, Topic } from 'roslib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { eventually } from './live-world.ts';
import { runMain } from './run-main.ts';
import { root } from './run-praxis.ts';
import { openTab, RETRY_ONCE, startTestBrowser } from './studio-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startTestBrowser();
});
afterAll(() => browser.close());

/** `praxis serve` with the studio on a free port: its address and the line about the studio. */
async function serving(...args: string[]) {
  const command = [join(root, 'packages/cli/bin/praxis.mjs'), 'serve', '--studio', '--port', '0', ...args];
  const child = spawn(process.execPath, command, { cwd: root });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const add = (data: Buffer): void => {
    text += data.toString();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  void ended.then((status) => {
    text += `\nended with ${status}`;
  });
  const line = await eventually(() => /studio: \S+|ended with .*/.exec(text)?.[0]);
  expect(line, text).toMatch(/^studio/);
  return { child, ended, studio: line.slice('studio: '.length), url: /wss?:\S+/.exec(text)![0] };
}

/** Counts the messages of `/wrench` that Foxglove's own client gets. */
async function foxgloveWrenches(url: string): Promise<() => number> {
  const socket = new WebSocket(url, [FOXGLOVE_SUBPROTOCOLS[1]]);
  socket.binaryType = 'arraybuffer';
  onTestFinished(() => socket.terminate());
  const client = new FoxgloveClient({ ws: socket as never });
  let count = 0;
  client.on('advertise', (channels) => {
    for (const { id, topic } of channels) if (topic === '/wrench') client.subscribe(id);
  });
  client.on('message', () => void count++);
  client.on('error', () => {});
  await eventually(() => count > 0);
  return () => count;
}

/** Counts the pictures that roslib gets. */
async function roslibPictures(url: string): Promise<() => number> {
  const ros = new Ros();
  await ros.connect(url);
  onTestFinished(() => ros.close());
  let count = 0;
  const name = '/camera_front/image_raw/compressed';
  new Topic({ ros, name, messageType: 'sensor_msgs/CompressedImage' }).subscribe(() => void count++);
  await eventually(() => count > 0);
  return () => count;
}

const simulatedTime = async (page: Page): Promise<number> =>
  Number.parseFloat((await page.getByTestId('time').textContent()) ?? '');

describe('praxis serve --studio', () => {
  it('has page, policy, Foxglove and rosbridge on one port at the same time', RETRY_ONCE, async () => {
    const { child, ended, studio, url } = await serving('--world', 'free', '--driver', 'client');
    expect(studio).toBe(`${url.replace('ws:', 'http:')}/`);
    const wrenches = await foxgloveWrenches(url);
    const pictures = await roslibPictures(`${url}/rosbridge`);
    // The page runs its episode with the policy of the same port.
    const { page, log } = await openTab(browser, `${studio}?policy=${url}&task=pick&seed=2000000&play=0`);
    await page.waitForSelector('[data-state=paused]');
    const before = [wrenches(), pictures()];
    await page.getByTestId('play').click();
    await page.waitForFunction(
      () => Number.parseFloat(document.getElementById('time')?.textContent ?? '') >= 0.5,
      undefined,
    );
    expect(await simulatedTime(page)).toBeGreaterThanOrEqual(0.5);
    const policy = await openRemotePolicy(url);
    onTestFinished(() => policy.close());
    expect(policy.spec.inputs.length).toBeGreaterThan(2);
    await eventually(() => wrenches() > before[0] + 100 && pictures() > before[1] + 10);
    expect(log.lines).toEqual([]);
    expect(log.requests.every((each) => each.startsWith(studio) || /^(blob|data|ws):/.test(each))).toBe(true);
    await page.close();
    // Clients that are still connected do not keep it from ending.
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('with a token opens the page for an address that has it, which then leaves the address', RETRY_ONCE, async () => {
    const { studio, url } = await serving('--policy', 'recording', '--token', 'open-sesame');
    expect(studio).toBe(`${url.replace('ws:', 'http:')}/?token=TOKEN`);
    const { page, log } = await openTab(
      browser,
      `${studio.replace('TOKEN', 'open-sesame')}&task=pick&seed=2000000&play=0`,
    );
    await page.waitForSelector('[data-state=paused]');
    expect(page.url()).toContain('task=pick');
    expect(page.url()).not.toContain('sesame');
    expect(log.lines).toEqual([]);
    // The cookie opens the page, not the policy.
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(cookie.value).not.toContain('sesame');
    await page.close();
  });

  it('refuses an interface without a token, and a robot that nothing shows, in one line', async () => {
    const refused = async (...args: string[]) => {
      const { status, err } = await runMain(['serve', '--policy', 'recording', '--port', '0', ...args]);
      return [status, err.trim().split('\n').at(-1)];
    };
    expect(await refused('--studio', '--host', '0.0.0.0')).toEqual([
      2,
      'praxis serve: host 0.0.0.0: other machines reach it, expected a token',
    ]);
    expect(await refused('--robot', 'praxis_arm')).toEqual([
      2,
      'praxis serve: --robot praxis_arm: expected --world or --studio with it',
    ]);
  });
});

import type { Browser } from 'playwright-core';

/** One file as it came over the connection. */
export interface Transfer {
  /** Path on the server. */
  readonly path: string;
  /** Size of the body as it was sent (bytes). */
  readonly size: number;
  /** Content coding such as 'br'; undefined for none. */
  readonly encoding: string | undefined;
}

/** What a visitor of the studio waits for who has nothing of it in the cache. */
export interface FirstLoad {
  /** From navigation until the press of the start button has moved the physics (s). */
  readonly interactiveS: number;
  /** CPU time of the browser's processes until then (s), which hardly depends on other load on the machine. */
  readonly cpuS: number;
  /** Files of page and workers. */
  readonly transfers: readonly Transfer[];
}

const POLICY_PATH = '/models/';

/** Size of all transfers but those of the policy's files (bytes). */
export const sizeWithoutPolicy = (transfers: readonly Transfer[]): number =>
  transfers.filter(({ path }) => !path.startsWith(POLICY_PATH)).reduce((sum, { size }) => sum + size, 0);

/** CPU time of each process of a browser since the process started (s). */
async function cpuTimes(browser: Browser): Promise<ReadonlyMap<number, number>> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime]));
}

/**
 * Opens the studio with an empty cache, presses its start button as soon as an episode is there and waits until physics runs.
 * @param url address of the page, without a query
 */
export async function measureFirstLoad(browser: Browser, url: string): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const transfers: Promise<Transfer>[] = [];
  page.on('requestfinished', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin !== new URL(url).origin) return;
    transfers.push(
      Promise.all([request.sizes(), request.response()]).then(([{ responseBodySize }, response]) => {
        const headers = response?.headers() ?? {};
        // The browser reports no size for the scripts of workers.
        const size = responseBodySize || Number(headers['content-length']);
        return { path: pathname, size, encoding: headers['content-encoding'] };
      }),
    );
  });
  const before = await cpuTimes(browser);
  await page.goto(`${url}?play=0&task=pick&seed=2000000`, { waitUntil: 'commit' });
  await page.waitForSelector('#state[data-state=paused]');
  await page.getByTestId('play').click();
  const interactiveMs = await page.waitForFunction(
    () => Number.parseFloat(document.getElementById('time')?.textContent ?? '') > 0 && performance.now(),
  );
  const interactiveS = Number(await interactiveMs.jsonValue()) / 1000;
  let cpuS = 0;
  for (const [id, time] of await cpuTimes(browser)) cpuS += time - (before.get(id) ?? 0);
  // Closing the context would end transfers whose sizes are not known yet.
  await page.waitForLoadState('networkidle');
  const load = { interactiveS, cpuS, transfers: await Promise.all(transfers) };
  await context.close();
  return load;
}

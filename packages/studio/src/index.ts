/**
 * The types of the studio page. The page itself is an application and exports nothing else: scripts use `window.praxis`.
 * @example
 * // In a page of Playwright:
 * const result = await page.evaluate(() => window.praxis.runEpisode({ task: 'pick', seed: 2_000_000 }));
 * console.log(result.success);
 * @module
 */
export type { StudioApi } from './page/api.ts';
export type { Driver, EpisodeChoice } from './protocol/protocol.ts';

/**
 * Takes the picture of the README: the studio in a real browser, in the middle of an episode.
 *
 *   npx praxis run scripts/picture.ts                writes docs/studio.png
 */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openPage, openStudio } from '../test/studio-page.ts';

const FILE = fileURLToPath(new URL('../docs/studio.png', import.meta.url));
/** Simulated time of the picture (s): the arm lifts the block. */
const PICTURE_TIME_S = 4.2;

const studio = await openStudio();
try {
  const { page } = await openPage(studio, `?model=${studio.model.path}&task=pick&seed=2000003`, {
    width: 1280,
    height: 720,
  });
  await page.waitForFunction(
    (seconds) => Number.parseFloat(document.getElementById('time')?.textContent ?? '') >= seconds,
    PICTURE_TIME_S,
  );
  await page.getByTestId('play').click();
  await page.waitForSelector('#state:is([data-state=paused], [data-state=finished])');
  await page.screenshot({ path: FILE });
} finally {
  await studio.close();
}
console.log(`docs/studio.png: ${Math.round(statSync(FILE).size / 1000)} kB`);
process.exit(0);

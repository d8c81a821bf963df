import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';

/**
 * Folder with public robot descriptions: that of the environment variable PRAXIS_ROBOTS, else `shared/robots` beside the checkout;
 * undefined where there is none.
 */
export const publicRobots: string | undefined = [
  process.env.PRAXIS_ROBOTS,
  fileURLToPath(new URL('../../../../../shared/robots', import.meta.url)),
].find((folder) => folder !== undefined && existsSync(folder));

/** Descriptions in that folder. */
export const PUBLIC_ROBOTS = {
  so101: 'so101/so101_new_calib.urdf',
  so101Mjcf: 'so101/so101_new_calib.xml',
  fr3: 'fr3/fr3.urdf',
  xarm7: 'xarm7/xarm7.urdf',
  robotiq: 'robotiq_2f85/robotiq2f85.urdf',
} as const;

/** The folder with public robots; skips the test where there is none. */
export function requirePublicRobots({ skip }: TestContext): string {
  skip(publicRobots === undefined, 'data of others: public robot descriptions in shared/robots or PRAXIS_ROBOTS');
  return publicRobots ?? '';
}

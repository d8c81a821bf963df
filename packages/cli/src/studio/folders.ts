import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import { ARM_URDF_FILE } from '@praxis/sim/node';
import { FLITE_FILE } from '@praxis/speech/node';

/**
 * Folder of the built page: where vite builds it in a checkout, in the package of the studio otherwise.
 * @throws {InputError} when it is not built
 */
export function pageFolder(): string {
  const folder = import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL('../../../studio/dist', import.meta.url))
    : dirname(createRequire(import.meta.url).resolve('@praxis/studio/page/index.html'));
  if (!existsSync(join(folder, 'index.html'))) throw new InputError('the studio is not built: npm start builds it');
  return folder;
}

/**
 * Folder of each URL prefix that the studio's page needs.
 * @param page folder of the built page
 */
export const studioFolders = (page: string): Readonly<Record<string, string>> => ({
  '/models': dirname(DEFAULT_POLICY_FOLDER),
  '/urdf': dirname(ARM_URDF_FILE),
  // Flite's voices (21 MB), which the page fetches when the user selects them.
  '/flite': dirname(FLITE_FILE),
  '/': page,
});

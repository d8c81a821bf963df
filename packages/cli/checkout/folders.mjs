import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
/** Folder of the bundles: `npm ci` empties it, git does not see it, and imports of third-party packages resolve from it. */
export const cacheFolder = join(root, 'node_modules', '.cache', 'praxis');

import { fileURLToPath } from 'node:url';

export const DEFAULT_POLICY_FOLDER = fileURLToPath(new URL('./default', import.meta.url));

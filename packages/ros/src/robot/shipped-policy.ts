import { fileURLToPath } from 'node:url';

/** Folder of the policy that comes with Praxis. */
export const shippedPolicy = fileURLToPath(new URL('../../../../models/default', import.meta.url));

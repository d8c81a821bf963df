import { fileURLToPath } from 'node:url';

export const DEFAULT_POLICY_FOLDER = fileURLToPath(new URL('./default', import.meta.url));
export const CONTACT_POLICY_FOLDER = fileURLToPath(new URL('./contact', import.meta.url));
export const ARM5_PICK_POLICY_FOLDER = fileURLToPath(new URL('./arm5-pick', import.meta.url));

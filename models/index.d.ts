/**
 * Folder of the policy that comes with Praxis: `manifest.json`, its ONNX files and its results. Needs Node.
 *
 * @example
 * import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
 * import { loadPolicyFromDirectory } from '@praxis/policy/node';
 *
 * const policy = await loadPolicyFromDirectory(DEFAULT_POLICY_FOLDER);
 */
export declare const DEFAULT_POLICY_FOLDER: string;

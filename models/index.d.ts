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

/**
 * Folder of the policy for tasks of contact beside `pick` and `sort`: two cameras, 0.64 s of wrist force, words and 1.5 s of the tool's state
 * in; displacements, stiffness and force of the tool and width of the gripper out. Needs Node.
 *
 * @example
 * import { CONTACT_POLICY_FOLDER } from '@praxis/models';
 * import { loadPolicyFromDirectory } from '@praxis/policy/node';
 *
 * const policy = await loadPolicyFromDirectory(CONTACT_POLICY_FOLDER);
 */
export declare const CONTACT_POLICY_FOLDER: string;

/**
 * Folder of the policy for the robot `arm5` and the task `pick`: two cameras, words and joints in, positions of the joints out. Needs
 * Node.
 *
 * @example
 * import { ARM5_PICK_POLICY_FOLDER } from '@praxis/models';
 * import { loadPolicyFromDirectory } from '@praxis/policy/node';
 *
 * const policy = await loadPolicyFromDirectory(ARM5_PICK_POLICY_FOLDER);
 */
export declare const ARM5_PICK_POLICY_FOLDER: string;

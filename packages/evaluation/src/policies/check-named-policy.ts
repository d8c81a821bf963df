import { InputError } from '@praxis/core';
import { readManifest } from '@praxis/policy/node';
import { openPolicy, policySource } from '../project/policy-source.ts';
import type { Project } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { checkPolicy, type PolicyCheck } from './check-policy.ts';
import { compareRecorded, recordedFindings } from './recorded-actions.ts';
import { trainedStatistics } from './start-posture.ts';

/** Options of {@link checkNamedPolicy}. */
export interface NamedPolicyOptions {
  readonly project: Project;
  /** File that says what goes over the wire to a server. Default: none. */
  readonly policySpec?: string;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
  /** Number of scenes of each task. Default 3. */
  readonly scenes?: number;
  /** File with recorded observations and actions that the policy should give for them. Default: none. */
  readonly observations?: string;
}

/** Task of a policy that does not say what it was trained for. */
const DEFAULT_TASK = 'pick';

/**
 * Opens a policy as `--policy` names it, checks it against a robot, and closes it. The scenes are those of the tasks that its manifest
 * names, else of `pick`.
 * @throws {PolicyError} when the policy does not load; {InputError} when policy or robot is not found
 */
export async function checkNamedPolicy(named: string, options: NamedPolicyOptions): Promise<PolicyCheck> {
  const { project, policySpec, robot, acceptRobot, scenes, observations } = options;
  const { tasks, modalities } = project.registry;
  const source = policySource(named, project, policySpec);
  const manifest = source.kind === 'folder' ? readManifest(source.directory) : undefined;
  const known = (manifest?.tasks ?? []).filter((name) => tasks.names.includes(name));
  const policy = await openPolicy(source);
  if (policy === 'expert') throw new InputError('policy expert: expected a policy that reads sensors');
  try {
    const recorded = observations === undefined ? undefined : await compareRecorded(policy, observations);
    const check = await checkPolicy({
      ...{ policy, acceptRobot, scenes },
      robot: await robotChoice(robot),
      tasks: (known.length > 0 ? known : [DEFAULT_TASK]).map((name) => tasks.find(name)),
      modalities: modalities.values,
      statistics: manifest ? trainedStatistics(manifest) : [],
    });
    return recorded ? { ...check, recorded, faults: [...recordedFindings(recorded), ...check.faults] } : check;
  } finally {
    await policy.close();
  }
}

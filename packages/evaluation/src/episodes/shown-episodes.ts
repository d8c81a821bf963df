import { visibleText } from '@praxis/core';
import { EpisodeBridge } from '../bridge/episode-bridge.ts';
import { openBridge } from '../bridge/open-bridge.ts';
import { robotChoice } from '../project/robot.ts';
import type { EpisodeJob, EvaluationSetup } from './outcome.ts';

/**
 * Opens the bridge of an evaluation in its worker process, until the process ends. Clients only look: an episode ends as it would without them.
 * @param policy name of the policy, which clients read
 * @returns what makes the bridge of each episode; undefined for an evaluation without one
 * @throws {InputError} when an interface beside the loopback one has no token, or the port cannot be opened
 */
export async function shownEpisodes(
  { bridge: access, robot, arm }: EvaluationSetup,
  policy: string,
): Promise<((job: EpisodeJob) => EpisodeBridge) | undefined> {
  if (!access) return undefined;
  const { host, port, token, origins } = access;
  const onRemark = (line: string): void => void process.stderr.write(`${visibleText(line)}\n`);
  const { urdf } = await robotChoice(robot, arm);
  const { hub, jpeg } = await openBridge({ address: { host, port }, token, origins, onNote: onRemark });
  return ({ task, seed }) =>
    new EpisodeBridge({ hub, jpeg, urdf, facts: { task, seed, policy }, control: 'nothing', pace: 'waits', onRemark });
}

import { InputError } from '@praxis/core';
import {
  bodyName,
  decodeRobotSource,
  groupSafetyNotes,
  hasOneArm,
  overviewPoints,
  type RobotChoice,
  setupOf,
} from '@praxis/sim';
import type { RobotDisplay } from '../protocol/protocol.ts';
import { plottedSensors } from './plotted-signal.ts';

/** Fetches a file of the server. @throws {InputError} with the first line of the server's answer when it has none */
export async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  const told = response.status === 422 ? (await response.text()).trim().split('\n')[0] : '';
  throw new InputError(told || `${new URL(url).pathname}: the server answers ${response.status}`);
}

/** Names of the robots that the server has; none where no server of Praxis serves the page. */
export async function robotNames(robotsUrl: string): Promise<readonly string[]> {
  const response = await fetch(new URL('robots.json', robotsUrl)).catch(() => undefined);
  // A server of files may answer with a page.
  if (!response?.ok || !response.headers.get('content-type')?.startsWith('application/json')) return [];
  const names: unknown = await response.json();
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/**
 * Loads a robot from the server.
 * @param name name of the robot; undefined selects the Praxis arm
 * @throws {InputError} in one line with the known names when there is none of this name, and when its folder is not valid
 */
export async function loadRobot(
  name: string | undefined,
  { urdfUrl, robotsUrl }: { readonly urdfUrl: string; readonly robotsUrl: string },
): Promise<RobotChoice> {
  if (name === undefined) return { urdf: await (await fetchFile(urdfUrl)).text() };
  const known = await robotNames(robotsUrl);
  if (!known.includes(name))
    throw new InputError(
      `unknown robot "${name}": expected one of ${known.join(', ') || 'none, since this server has no robots'}`,
    );
  const response = await fetchFile(new URL(`${encodeURIComponent(name)}.robot`, robotsUrl).href);
  return { robot: decodeRobotSource(new Uint8Array(await response.arrayBuffer()), `robot ${name}`) };
}

/** What the page shows of a robot. @throws {InputError} for the first thing in its definition that is not valid */
export function describeRobot(choice: RobotChoice): RobotDisplay {
  const setup = setupOf(choice);
  const { name, cameras, warnings, arms, bases, wheels } = setup;
  const notes = groupSafetyNotes(setup).map((line) => line.replace(/^safety: /, ''));
  return {
    name,
    cameras: cameras.map((camera) => camera.name),
    plots: plottedSensors(setup),
    groups: hasOneArm(setup)
      ? []
      : [
          ...arms.map(({ name: group, gripper }) => {
            return { kind: 'arm', name: group, gripper: gripper ? 'present' : 'absent' } as const;
          }),
          ...bases.map(({ name: group, limits }) => {
            const { linearVelocity: linear = 0, angularVelocity: angular = 0 } = limits;
            return { kind: 'base', name: group, linear, angular } as const;
          }),
        ],
    // What holds for the Praxis arm as well is in the documentation.
    notes: choice.urdf === undefined ? [...notes, ...warnings] : [],
    view: overviewPoints(setup),
    ground: wheels ? 'floor' : 'table',
    follow: bases.length > 0 ? bodyName(bases[0].link) : undefined,
  };
}

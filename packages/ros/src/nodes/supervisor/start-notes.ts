import type { SignalSpec } from '@praxis/core';
import { type BaseSafety, derivedFigures, safetyNotes } from '@praxis/safety';
import type { NodeRobot } from '../../robot/node-robot.ts';
import type { GroupSetup } from './group-setup.ts';

/** What {@link startNotes} looks at. */
export interface StartNotesOptions {
  readonly robot: NodeRobot;
  readonly groups: readonly GroupSetup[];
  /** Value of the parameter `safety_config`. */
  readonly safetyConfig: string;
  /** Streams that the supervisors monitor. */
  readonly streams: readonly SignalSpec[];
}

/**
 * What the node prints once at its start: what the description of the robot lacks, derived limits, and what nothing checks. The lines of
 * one of several groups name it.
 */
export function startNotes({ robot, groups, safetyConfig, streams }: StartNotesOptions): readonly string[] {
  const { spec, model, folder } = robot;
  const isFile = !['', 'sim', 'teleop'].includes(safetyConfig);
  const settings = folder?.setup.definition.safety;
  const notes = groups.flatMap((group) => {
    const name = groups.length > 1 ? `${spec.name}, ${group.name}` : spec.name;
    const hasSettings = groups.length > 1 ? settings?.[group.name] !== undefined : settings !== undefined;
    const derived =
      folder && !hasSettings && !isFile
        ? [
            `safety: ${name} has no settings; derived from its description, not measured: ${group.kind === 'arm' ? derivedFigures(group.config) : baseFigures(group.limits)}`,
          ]
        : [];
    if (group.kind === 'base') return derived;
    const { tool } = robot.arms.find((arm) => arm.name === group.name)!;
    const own = streams.filter((stream) => group.streams.includes(stream));
    const figures = folder ? 'own' : 'defaults';
    return [...derived, ...safetyNotes({ config: group.config, robot: name, streams: own, tool, figures })];
  });
  return [...(folder?.setup.warnings ?? model.warnings ?? []).map((line) => `robot ${spec.name}: ${line}`), ...notes];
}

/** The limits of a base, with their units, in one line. */
const baseFigures = ({
  linearVelocity,
  angularVelocity,
  linearDeceleration,
  angularDeceleration,
}: BaseSafety): string =>
  `${linearVelocity} m/s, ${angularVelocity} rad/s, braking with ${linearDeceleration} m/s^2 and ${angularDeceleration} rad/s^2`;

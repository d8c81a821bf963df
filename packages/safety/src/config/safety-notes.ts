import type { SignalSpec, ToolLoad } from '@praxis/core';
import { DEFAULT_SAFETY } from './defaults.ts';
import type { SafetyConfig } from './safety-config.ts';

/** Name of the robot whose figures the defaults are. */
const DEFAULT_ROBOT = 'praxis_arm';

/** A robot and the configuration of its supervisor. */
export interface SafetyNotesOptions {
  readonly config: SafetyConfig;
  /** Name of the robot, as its description says. */
  readonly robot: string;
  readonly streams: readonly SignalSpec[];
  /** Load on the wrist sensor; undefined when it is unknown. */
  readonly tool: ToolLoad | undefined;
  /** Where the figures are from: `defaults` where nobody stated others, or the robot's `own` description. Default: `defaults`. */
  readonly figures?: 'defaults' | 'own';
}

/**
 * What a supervisor does not check, and which of its figures are those of another robot. A program prints the lines at its
 * start, because a default that nobody chose protects nobody.
 */
export function safetyNotes({
  config,
  robot,
  streams,
  tool,
  figures = 'defaults',
}: SafetyNotesOptions): readonly string[] {
  const notes: string[] = [];
  const borrowed = robot === DEFAULT_ROBOT || figures === 'own' ? [] : defaultFigures(config);
  if (borrowed.length > 0) {
    notes.push(`safety: ${borrowed.join(', ')}: figures of the Praxis arm, not of ${robot}; configure its own`);
  }
  const { workspace, distance } = config.filter;
  if (!workspace) notes.push('safety: no workspace: the supervisor keeps the arm in no region');
  if (!distance)
    notes.push('safety: no distances: the supervisor keeps the arm away neither from obstacles nor from itself');
  const blind = contactGap(config, streams, tool);
  if (blind !== undefined) notes.push(`safety: contact at the wrist is not monitored: ${blind}`);
  return notes;
}

function contactGap(
  { force }: SafetyConfig,
  streams: readonly SignalSpec[],
  tool: ToolLoad | undefined,
): string | undefined {
  if (!force) return 'force is null';
  if (!streams.some(({ modality }) => modality === 'wrench')) return 'the robot has no wrist sensor';
  return tool ? undefined : 'the load on the sensor is unknown, because its frame is no link of the description';
}

/** The figures that equal the default ones, with their units. */
function defaultFigures({ filter, force }: SafetyConfig): readonly string[] {
  const { filter: of, force: contact } = DEFAULT_SAFETY;
  const figures: readonly [string, unknown, unknown][] = [
    [`acceleration ${filter.limits.acceleration} rad/s^2`, filter.limits.acceleration, of.limits.acceleration],
    [`jerk ${filter.limits.jerk} rad/s^3`, filter.limits.jerk, of.limits.jerk],
    [`tool speed ${filter.cartesian?.speed} m/s`, filter.cartesian?.speed, of.cartesian?.speed],
    [`gripper up to ${filter.gripper?.maximum} m`, filter.gripper?.maximum, of.gripper?.maximum],
    [`contact of ${force?.free.force} N`, force?.free.force, contact?.free.force],
    [`contact expected below ${force?.expect.below} m`, force?.expect.below, contact?.expect.below],
  ];
  return figures.filter(([, value, standard]) => value !== undefined && value === standard).map(([text]) => text);
}

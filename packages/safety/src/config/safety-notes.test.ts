import { describe, expect, it } from 'vitest';
import { STREAMS, TOOL } from '../testing/ideal-arm.ts';
import { DEFAULT_SAFETY } from './defaults.ts';
import type { SafetyConfig } from './safety-config.ts';
import { safetyNotes } from './safety-notes.ts';

const robot = { streams: STREAMS, tool: TOOL };

describe('what a configuration leaves open', () => {
  it('on another arm are the figures of the Praxis arm, the workspace and the distances', () => {
    expect(safetyNotes({ ...robot, config: DEFAULT_SAFETY, robot: 'ur5e' })).toEqual([
      'safety: acceleration 45 rad/s^2, jerk 40000 rad/s^3, tool speed 1 m/s, gripper up to 0.082 m, contact of 20 N, contact expected below 0.14 m: figures of the Praxis arm, not of ur5e; configure its own',
      'safety: no workspace: the supervisor keeps the arm in no region',
      'safety: no distances: the supervisor keeps the arm away neither from obstacles nor from itself',
    ]);
    expect(safetyNotes({ ...robot, config: DEFAULT_SAFETY, robot: 'praxis_arm' })).toHaveLength(2);
  });

  it('are no figures of another arm when they were derived from the own description and equal by chance', () => {
    const notes = safetyNotes({ ...robot, config: DEFAULT_SAFETY, robot: 'fr3', figures: 'own' });
    expect(notes.join()).not.toContain('Praxis arm');
    expect(notes).toHaveLength(2);
  });

  it('is contact where it cannot be monitored', () => {
    const notes = (changes: object) =>
      safetyNotes({ ...robot, config: DEFAULT_SAFETY, robot: 'praxis_arm', ...changes });
    expect(notes({ streams: [] }).at(-1)).toBe(
      'safety: contact at the wrist is not monitored: the robot has no wrist sensor',
    );
    expect(notes({ tool: undefined }).at(-1)).toContain('its frame is no link of the description');
    expect(notes({ config: { ...DEFAULT_SAFETY, force: null } }).at(-1)).toContain('force is null');
  });

  it('is nothing once everything is configured', () => {
    const { filter, force } = DEFAULT_SAFETY;
    const config: SafetyConfig = {
      ...DEFAULT_SAFETY,
      filter: {
        limits: { acceleration: 20, jerk: null },
        stop: filter.stop,
        workspace: { points: [] },
        distance: { margin: 0.02 },
      },
      force: { ...force!, free: { force: 30, torque: 5 }, expect: { below: null, gripping: null } },
    };
    expect(safetyNotes({ ...robot, config, robot: 'ur5e' })).toEqual([]);
  });
});

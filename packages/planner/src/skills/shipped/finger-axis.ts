import { quaternion } from '@praxis/core';
import type { SkillReading } from '../skill.ts';

/** Horizontal direction in which the fingers open: the y axis of the tool (unit vector, base frame). */
export function axisOfFingers({ tool }: Pick<SkillReading, 'tool'>): readonly [number, number] {
  const axis = new Float64Array(3);
  quaternion.rotate(tool, [0, 1, 0], axis, 3, 0, 0);
  const length = Math.sqrt(axis[0] ** 2 + axis[1] ** 2);
  return length < 0.5 ? [0, 1] : [axis[0] / length, axis[1] / length];
}

/** Horizontal distances of a point from the tool: along the axis on which the fingers open, and across it (m). */
export function besideFingers(
  reading: Pick<SkillReading, 'tool'>,
  [x, y]: readonly [number, number, ...number[]],
): { along: number; across: number } {
  const [axisX, axisY] = axisOfFingers(reading);
  const [dx, dy] = [x - reading.tool[0], y - reading.tool[1]];
  return { along: Math.abs(dx * axisX + dy * axisY), across: Math.abs(dx * axisY - dy * axisX) };
}

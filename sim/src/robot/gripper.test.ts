import { InputError } from '@praxis/core';
import { type GripperDefinition, KinematicTree, parseUrdf } from '@praxis/model';
import { describe, expect, it } from 'vitest';
import { makeGripper } from './gripper.ts';

/** A hand with one prismatic finger, and one finger of 6 cm that turns away from a tip 1 cm beside its pivot. */
const tree = new KinematicTree(
  parseUrdf(`<robot name="r"><link name="hand"/><link name="slide"/><link name="jaw"/><link name="jaw_tip"/><link name="fixed_tip"/>
    <joint name="slide" type="prismatic"><parent link="hand"/><child link="slide"/><axis xyz="0 1 0"/>
      <limit lower="0" upper="0.04" effort="1" velocity="1"/></joint>
    <joint name="jaw" type="revolute"><parent link="hand"/><child link="jaw"/><axis xyz="-1 0 0"/>
      <limit lower="-1" upper="1" effort="1" velocity="1"/></joint>
    <joint name="a" type="fixed"><parent link="jaw"/><child link="jaw_tip"/><origin xyz="0 0 0.06"/></joint>
    <joint name="b" type="fixed"><parent link="hand"/><child link="fixed_tip"/><origin xyz="0 -0.01 0.06"/></joint></robot>`),
);
const jaw: GripperDefinition = {
  joints: ['jaw'],
  open: { jaw: 0.9 },
  closed: { jaw: 0 },
  width: [0, 0.05],
  fingertips: ['fixed_tip', 'jaw_tip'],
};

describe('the map between joints and width', () => {
  it('is linear without fingertips: half the way of a joint is half the width', () => {
    const definition: GripperDefinition = {
      joints: ['slide'],
      open: { slide: 0.04 },
      closed: { slide: 0 },
      width: [0.01, 0.09],
    };
    const gripper = makeGripper('r', definition, tree);
    const position = new Float64Array(1);
    gripper.positionsAt(0.05, position);
    expect(position[0]).toBeCloseTo(0.02, 12);
    expect(gripper.widthOf(Float64Array.of(0.02))).toBeCloseTo(0.05, 12);
    expect(gripper.speedOf(Float64Array.of(0.02), Float64Array.of(0.1))).toBeCloseTo(0.2, 12);
    expect(gripper.streamNames).toEqual(['gripper']);
  });

  it('follows the distance of the fingertips of a jaw that turns, within 0.1 mm', () => {
    const gripper = makeGripper('r', jaw, tree);
    const distance = (angle: number) => Math.hypot(0.06 * Math.sin(angle) + 0.01, 0.06 * Math.cos(angle) - 0.06);
    const [least, greatest] = [distance(0), distance(0.9)];
    for (const angle of [0, 0.1, 0.33, 0.6, 0.9]) {
      const width = (0.05 * (distance(angle) - least)) / (greatest - least);
      expect(Math.abs(gripper.widthOf(Float64Array.of(angle)) - width)).toBeLessThan(1e-4);
      const back = new Float64Array(1);
      gripper.positionsAt(gripper.widthOf(Float64Array.of(angle)), back);
      expect(back[0]).toBeCloseTo(angle, 9);
    }
    const step = 1e-6;
    const rate = (gripper.widthOf(Float64Array.of(0.5 + step)) - gripper.widthOf(Float64Array.of(0.5))) / step;
    expect(gripper.speedOf(Float64Array.of(0.5), Float64Array.of(2))).toBeCloseTo(2 * rate, 6);
  });

  it.each([
    ['a joint without a value', { closed: {} }, 'gripper of r: joint "jaw" has no value in "closed"'],
    ['a joint that does not move', { closed: { jaw: 0.9 } }, 'joint "jaw" is at 0.9 both open and closed'],
    [
      'a width that shrinks',
      { width: [0.05, 0] as [number, number] },
      'width 0.05 .. 0, expected the closed one first',
    ],
    [
      'fingertips that first approach',
      { closed: { jaw: -0.9 } },
      'links "fixed_tip" and "jaw_tip" do not part steadily from closed to open',
    ],
  ])('refuses %s', (_, change, line) => {
    expect(() => makeGripper('r', { ...jaw, ...change }, tree)).toThrow(InputError);
    expect(() => makeGripper('r', { ...jaw, ...change }, tree)).toThrow(line);
  });
});

import { ContactWrench } from '@praxis/core';
import { parseUrdf } from '@praxis/model';
import { describe, expect, it } from 'vitest';
import { toolLoad } from './tool-load.ts';

/** An arm of one link with a sensor at 1 m and a hand; `hand` is the hand's inertial element. */
const loadOf = (hand: string) =>
  toolLoad(
    parseUrdf(
      `<robot name="r"><link name="base_link"/><link name="ft_sensor_link"/><link name="tool0">${hand}</link>
       <joint name="a" type="revolute"><parent link="base_link"/><child link="ft_sensor_link"/><origin xyz="0 0 1"/>
         <axis xyz="0 0 1"/><limit lower="-1" upper="1" velocity="1" effort="1"/></joint>
       <joint name="b" type="fixed"><parent link="ft_sensor_link"/><child link="tool0"/><origin xyz="0 0 0.1"/></joint></robot>`,
      { source: 'test' },
    ),
  );

describe('the load of the wrist sensor', () => {
  it('is the mass behind it, with the centre in the frame of the sensor', () => {
    const { toolMass, toolCentreOfMass } = loadOf(
      '<inertial><origin xyz="0 0 0.05"/><mass value="2"/><inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial>',
    );
    expect(toolMass).toBe(2);
    expect(toolCentreOfMass[2]).toBeCloseTo(0.15, 12);
  });

  it('is none for links without mass: a torque of 50 Nm reads as 50 Nm', () => {
    const load = loadOf('');
    expect(load).toMatchObject({ toolMass: 0, toolCentreOfMass: [0, 0, 0] });
    const contact = new ContactWrench({ ...load, tareTime: 0 }, 500);
    const pose = Float64Array.of(0, 0, 1, 0, 0, 0, 1);
    for (const [i, torque] of [0, 0, 50].entries()) {
      contact.compensate(Float64Array.of(0, 0, 0, torque, 0, 0), 0.002 * i, pose);
    }
    expect(contact.newest[3]).toBe(50);
  });
});

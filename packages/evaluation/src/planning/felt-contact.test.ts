import { type ControlLoop, quaternion, vector3 } from '@praxis/core';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { FeltContact } from './felt-contact.ts';

const half = Math.SQRT1_2;
const tool = { toolMass: 0, toolCentreOfMass: [0, 0, 0], ftInTool: [0, 0, -0.1, 0, 0, half, half] } as const;

/** A loop whose tool has a pose and whose sensor delivers what the test sends. */
function testLoop(pose: Float64Array) {
  const samples$ = new Subject<{ value: Float64Array }>();
  const derived = { contact: {}, endEffector: { pose }, stream: () => samples$ };
  return { samples$, loop: { derived } as unknown as Pick<ControlLoop, 'derived'> };
}

describe('the contact that a plan feels', () => {
  it('is a force in the base frame and the torque that it makes about the tool, wherever the sensor is', () => {
    // The tool points down and leans; a weight hangs 1 cm beside it along x, and 2 cm below it.
    const pose = Float64Array.of(0.5, 0.1, 0.2, 0, 0, 0, 1);
    quaternion.multiply([Math.sin(0.05), 0, 0, Math.cos(0.05)], [1, 0, 0, 0], pose, 0, 0, 3);
    const { samples$, loop } = testLoop(pose);
    const contact = new FeltContact(loop, tool);
    expect(contact.newest).toEqual({});

    const weight = [0, 0, -4] as const;
    const lever = new Float64Array(3);
    quaternion.rotate(pose, tool.ftInTool, lever, 3);
    const fromSensor = vector3.minus([0.01, 0, -0.02], [...lever] as unknown as vector3.Vector3);
    const orientation = new Float64Array(4);
    quaternion.multiply(pose, tool.ftInTool, orientation, 3, 3);
    const sample = new Float64Array(6);
    quaternion.rotateInverse(orientation, weight, sample);
    quaternion.rotateInverse(orientation, vector3.cross(fromSensor, weight), sample, 0, 0, 3);
    samples$.next({ value: sample });

    const { force = [], torque = [] } = contact.newest;
    for (const [i, value] of weight.entries()) expect(force[i]).toBeCloseTo(value, 9);
    for (const [i, value] of [0, 0.04, 0].entries()) expect(torque[i]).toBeCloseTo(value, 9);
  });

  it('is nothing for an arm whose load at the sensor is unknown', () => {
    const { samples$, loop } = testLoop(Float64Array.of(0.5, 0, 0.2, 1, 0, 0, 0));
    const contact = new FeltContact(loop, undefined);
    samples$.next({ value: Float64Array.of(1, 2, 3, 4, 5, 6) });
    expect(contact.newest).toEqual({});
  });
});

import { element } from '../../mjcf/element.ts';
import type { SceneAddition } from '../../mjcf/scene.ts';
import type { BodyVisuals } from '../../render/types.ts';
import type { Strike } from './strike.ts';

export const STRIKER = 'striker';
export const STRIKER_TIP = 'striker_tip';
export const DRIVE = 'striker_drive';
export const SPRING = 'striker_spring';
/** Where it waits, out of sight (m). */
export const PARKED: readonly [number, number, number] = [0, 0, -3];

/**
 * A frame that can be put anywhere; in it a body that a servo drives along x, and in front of that a tip on a spring. The
 * tip collides with the robot and with nothing else.
 */
export function strikerMjcf({ stiffness, damping, tip, body, push, radius }: Strike): SceneAddition {
  const slide = { type: 'slide', axis: [1, 0, 0] };
  const ball = { type: 'sphere', size: radius };
  const tipBody = element(
    { name: STRIKER_TIP, gravcomp: 1 },
    {
      joint: [element({ name: SPRING, ...slide, stiffness, damping })],
      geom: [element({ ...ball, mass: tip, contype: 2, conaffinity: 0, friction: [0.5, 0.01, 0.0002] })],
    },
  );
  const carrier = element(
    { name: 'striker_body', gravcomp: 1 },
    {
      joint: [element({ name: DRIVE, ...slide })],
      geom: [element({ ...ball, mass: body, contype: 0, conaffinity: 0 })],
      body: [tipBody],
    },
  );
  return {
    bodies: [element({ name: STRIKER, mocap: 'true', pos: PARKED }, { body: [carrier] })],
    actuators: [element({ name: DRIVE, joint: DRIVE, kp: 40_000, kv: 1200, forcerange: [-push, push] })],
    robotAffinity: 3,
  };
}

/** What cameras see of it. */
export const strikerVisual = ({ radius }: Strike): BodyVisuals => ({
  body: STRIKER_TIP,
  visuals: [{ geometry: { type: 'sphere', radius }, pose: [0, 0, 0, 0, 0, 0, 1], rgba: [0.3, 0.3, 0.32, 1] }],
});

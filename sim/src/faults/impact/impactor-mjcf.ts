import { element } from '../../mjcf/element.ts';
import type { SceneAddition } from '../../mjcf/scene.ts';
import type { BodyVisuals } from '../../render/types.ts';
import type { Impact } from './impact.ts';

export const IMPACTOR_BODY = 'impactor';
export const IMPACTOR_TIP_BODY = 'impactor_tip';
export const IMPACTOR_DRIVE = 'impactor_drive';
export const IMPACTOR_SPRING = 'impactor_spring';
/** Where it waits, out of sight (m). */
export const PARKED_POSITION_M: readonly [number, number, number] = [0, 0, -3];

/**
 * A frame that can be put anywhere; in it a body that a servo drives along x, and in front of that a tip on a spring. The
 * tip collides with the robot and with nothing else.
 */
export function impactorMjcf({
  stiffness,
  damping,
  tipMass: tip,
  bodyMass: body,
  maxForce: push,
  radius,
}: Impact): SceneAddition {
  const slide = { type: 'slide', axis: [1, 0, 0] };
  const ball = { type: 'sphere', size: radius };
  const tipBody = element(
    { name: IMPACTOR_TIP_BODY, gravcomp: 1 },
    {
      joint: [element({ name: IMPACTOR_SPRING, ...slide, stiffness, damping })],
      geom: [element({ ...ball, mass: tip, contype: 2, conaffinity: 0, friction: [0.5, 0.01, 0.0002] })],
    },
  );
  const carrier = element(
    { name: 'impactor_body', gravcomp: 1 },
    {
      joint: [element({ name: IMPACTOR_DRIVE, ...slide })],
      geom: [element({ ...ball, mass: body, contype: 0, conaffinity: 0 })],
      body: [tipBody],
    },
  );
  return {
    bodies: [element({ name: IMPACTOR_BODY, mocap: 'true', pos: PARKED_POSITION_M }, { body: [carrier] })],
    actuators: [
      element({ name: IMPACTOR_DRIVE, joint: IMPACTOR_DRIVE, kp: 40_000, kv: 1200, forcerange: [-push, push] }),
    ],
    robotAffinity: 3,
  };
}

/** What cameras see of it. */
export const impactorVisual = ({ radius }: Impact): BodyVisuals => ({
  body: IMPACTOR_TIP_BODY,
  visuals: [{ geometry: { type: 'sphere', radius }, pose: [0, 0, 0, 0, 0, 0, 1], rgba: [0.3, 0.3, 0.32, 1] }],
});

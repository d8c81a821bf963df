import { element } from '../../mjcf/element.ts';
import type { SceneAddition } from '../../mjcf/scene.ts';
import type { BodyVisuals } from '../../render/types.ts';
import type { Impact } from './impact.ts';

/** Name of the mocap body that places the impactor. */
export const IMPACTOR_BODY = 'impactor';
/** Name of the body that touches the arm. */
export const IMPACTOR_TIP_BODY = 'impactor_tip';
/** Name of the driven joint and of its actuator. */
export const IMPACTOR_DRIVE = 'impactor_drive';
/** Name of the joint that carries the tip's spring. */
export const IMPACTOR_SPRING = 'impactor_spring';
/** Position before the launch, out of view of the cameras (m, world frame). */
export const PARKED_POSITION_M: readonly [number, number, number] = [0, 0, -3];

/**
 * Describes the impactor in MJCF: a mocap body that carries a body on a servo along x, and in front of that a tip on a
 * spring. The tip collides with the robot only.
 */
export function impactorMjcf({ stiffness, damping, tipMass, bodyMass, maxForce, radius }: Impact): SceneAddition {
  const slide = { type: 'slide', axis: [1, 0, 0] };
  const ball = { type: 'sphere', size: radius };
  const tipBody = element(
    { name: IMPACTOR_TIP_BODY, gravcomp: 1 },
    {
      joint: [element({ name: IMPACTOR_SPRING, ...slide, stiffness, damping })],
      geom: [element({ ...ball, mass: tipMass, contype: 2, conaffinity: 0, friction: [0.5, 0.01, 0.0002] })],
    },
  );
  const carrier = element(
    { name: 'impactor_body', gravcomp: 1 },
    {
      joint: [element({ name: IMPACTOR_DRIVE, ...slide })],
      geom: [element({ ...ball, mass: bodyMass, contype: 0, conaffinity: 0 })],
      body: [tipBody],
    },
  );
  return {
    bodies: [element({ name: IMPACTOR_BODY, mocap: 'true', pos: PARKED_POSITION_M }, { body: [carrier] })],
    actuators: [
      element({ name: IMPACTOR_DRIVE, joint: IMPACTOR_DRIVE, kp: 40_000, kv: 1200, forcerange: [-maxForce, maxForce] }),
    ],
    robotAffinity: 3,
  };
}

/** Returns the visual of the impactor's tip; the rest of it is invisible. */
export const impactorVisual = ({ radius }: Impact): BodyVisuals => ({
  body: IMPACTOR_TIP_BODY,
  visuals: [{ geometry: { type: 'sphere', radius }, pose: [0, 0, 0, 0, 0, 0, 1], rgba: [0.3, 0.3, 0.32, 1] }],
});

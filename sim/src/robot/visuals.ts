import { bodyName } from '../mjcf/robot-bodies.ts';
import { modelVisuals } from '../render/model-visuals.ts';
import type { BodyVisuals } from '../render/types.ts';
import type { RobotSetup } from './setup.ts';

const made = new WeakMap<RobotSetup, readonly BodyVisuals[]>();

/** What cameras see of a robot, by the bodies of physics. Made once for each robot. */
export function robotVisuals(setup: RobotSetup): readonly BodyVisuals[] {
  let bodies = made.get(setup);
  if (!bodies) {
    bodies = modelVisuals(setup.model, setup.meshes)
      .filter(({ visuals }) => visuals.length > 0)
      .map(({ body, visuals }) => ({ body: bodyName(body), visuals }));
    made.set(setup, bodies);
  }
  return bodies;
}

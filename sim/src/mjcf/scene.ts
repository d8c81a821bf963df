import type { RobotModel } from '@praxis/model';
import { element, type MjcfAttributes, type MjcfElement, mjcfText } from './element.ts';
import { robotBodies, type Servo, servoActuators } from './robot-bodies.ts';
import type { SceneObject } from './scene-object.ts';

/** Duration of one physics step, which is one control period (s). */
export const TIMESTEP_S = 0.002;

function geometryAttributes({ geometry: g }: SceneObject): MjcfAttributes {
  if (g.type === 'box') return { type: 'box', size: g.size.map((s) => s / 2) };
  if (g.type === 'cylinder') return { type: 'cylinder', size: [g.radius, g.length / 2] };
  return { type: 'sphere', size: g.radius };
}

function objectElement(o: SceneObject): MjcfElement {
  const [x, y, z, qx, qy, qz, qw] = o.pose;
  const moves = o.mass > 0;
  return element(
    { name: o.name, pos: [x, y, z], quat: [qw, qx, qy, qz] },
    {
      freejoint: moves ? [element({ name: o.name })] : [],
      geom: [
        element({ ...geometryAttributes(o), friction: [o.friction, 0.01, 0.0002], mass: moves ? o.mass : undefined }),
      ],
    },
  );
}

/** Elements of a scene besides robot, table and objects. */
export interface SceneAddition {
  readonly bodies: readonly MjcfElement[];
  readonly actuators: readonly MjcfElement[];
  /** `conaffinity` of the robot's shapes: bit 1 for the objects of a task, other bits for the added bodies. */
  readonly robotAffinity: number;
}

/**
 * Describes a scene in MJCF: the URDF's arm with servos and a wrist force/torque sensor, a table with its top at z = 0, and
 * the task's objects.
 * @throws {InputError} for a URDF with joints or collision shapes that the simulator does not support.
 */
export function sceneMjcf(
  model: RobotModel,
  servos: ReadonlyMap<string, Servo>,
  fingers: readonly [string, string],
  sensorLink: string,
  objects: readonly SceneObject[],
  addition: SceneAddition = { bodies: [], actuators: [], robotAffinity: 1 },
): string {
  const table = element(
    { name: 'table', pos: [0.5, 0, -0.02] },
    { geom: [element({ type: 'box', size: [0.45, 0.6, 0.02], friction: [0.8, 0.01, 0.0002] })] },
  );
  const robotClass = element(
    { class: 'robot' },
    { geom: [element({ contype: 1, conaffinity: addition.robotAffinity })] },
  );
  return mjcfText(
    element(
      { model: 'praxis' },
      {
        compiler: [element({ angle: 'radian', autolimits: 'true' })],
        option: [
          element({ timestep: TIMESTEP_S, integrator: 'implicitfast', cone: 'elliptic', impratio: 10, iterations: 30 }),
        ],
        size: [element({ memory: '8M' })],
        default: [
          element(
            {},
            {
              geom: [element({ condim: 4, solref: [0.008, 1], solimp: [0.95, 0.99, 0.001] })],
              default: [robotClass],
            },
          ),
        ],
        worldbody: [
          element(
            {},
            {
              body: [table, robotBodies(model, servos, sensorLink), ...objects.map(objectElement), ...addition.bodies],
            },
          ),
        ],
        contact: [
          element({}, { exclude: ['left_finger', 'right_finger'].map((body2) => element({ body1: 'hand', body2 })) }),
        ],
        equality: [element({}, { joint: [element({ joint1: fingers[0], joint2: fingers[1], solref: [0.006, 1] })] })],
        actuator: [element({}, { position: [...servoActuators(model, servos), ...addition.actuators] })],
        sensor: [
          element(
            {},
            {
              force: [element({ name: 'force', site: sensorLink })],
              torque: [element({ name: 'torque', site: sensorLink })],
            },
          ),
        ],
      },
    ),
  );
}

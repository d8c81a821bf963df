import { element, type MjcfElement, mjcfText } from './element.ts';
import {
  bodyName,
  couplingElements,
  equalityElements,
  hullElements,
  type RobotPhysics,
  robotBodies,
  servoActuators,
  wheelActuators,
} from './robot-bodies.ts';
import { geometryAttributes, type SceneObject } from './scene-object.ts';
import { partElement, partExclusions, type ScenePart } from './scene-part.ts';

/** Duration of one physics step, which is one control period (s). */
export const TIMESTEP_S = 0.002;

function objectElement(o: SceneObject): MjcfElement {
  const [x, y, z, qx, qy, qz, qw] = o.pose;
  const moves = o.mass > 0;
  return element(
    { name: o.name, pos: [x, y, z], quat: [qw, qx, qy, qz] },
    {
      freejoint: moves ? [element({ name: o.name })] : [],
      geom: [
        element({
          ...geometryAttributes(o.geometry),
          friction: [o.friction, 0.01, 0.0002],
          mass: moves ? o.mass : undefined,
          ...o.contact,
        }),
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

/** Names of the readings of a wrist sensor. @param site link of the sensor */
export const wristReadings = (site: string) => ({ force: `force ${site}`, torque: `torque ${site}` });

const sensorElements = (site: string) => {
  const { force, torque } = wristReadings(site);
  return element({}, { force: [element({ name: force, site })], torque: [element({ name: torque, site })] });
};

/** Name of the body that a robot stands on. */
export const groundBody = ({ wheels }: Pick<RobotPhysics, 'wheels'>): 'floor' | 'table' => (wheels ? 'floor' : 'table');

/** Length, width and thickness of the table (m). */
export const TABLE_SIZE_M = [0.9, 1.2, 0.04] as const;
/** Length of a side of the floor (m). */
export const FLOOR_SIZE_M = 20;

/** The table of a robot that is fixed to it, or the floor of one that drives. Its top is at z = 0. */
function groundElement(robot: RobotPhysics): MjcfElement {
  const friction = [0.8, 0.01, 0.0002];
  if (robot.wheels) {
    const size = [FLOOR_SIZE_M / 2, FLOOR_SIZE_M / 2, 1];
    return element({ name: groundBody(robot) }, { geom: [element({ type: 'plane', size, friction })] });
  }
  return element(
    { name: groundBody(robot), pos: [0.5, 0, -0.02] },
    { geom: [element({ type: 'box', size: TABLE_SIZE_M.map((side) => side / 2), friction })] },
  );
}

/**
 * Describes a scene in MJCF: the robot with servos and its wrist force/torque sensors, a table (for a robot that drives, a floor) with
 * its top at z = 0, and the task's objects and parts.
 * @throws {InputError} for a URDF with joints or collision shapes that the simulator does not support, and for a part that moves without
 *   mass.
 */
export function sceneMjcf(
  robot: RobotPhysics,
  objects: readonly SceneObject[],
  addition: SceneAddition = { bodies: [], actuators: [], robotAffinity: 1 },
  parts: readonly ScenePart[] = [],
  welds: readonly MjcfElement[] = [],
): string {
  const meshes = hullElements(robot);
  const ground = groundElement(robot);
  const { connect, weld, joint } = equalityElements(robot);
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
        asset: meshes.length > 0 ? [element({}, { mesh: meshes })] : [],
        worldbody: [
          element(
            {},
            {
              body: [
                ground,
                robotBodies(robot),
                ...objects.map(objectElement),
                ...parts.map(partElement),
                ...addition.bodies,
              ],
            },
          ),
        ],
        contact: [
          element(
            {},
            {
              exclude: [
                ...robot.exclusions.map(([a, b]) => element({ body1: bodyName(a), body2: bodyName(b) })),
                ...partExclusions(parts),
              ],
            },
          ),
        ],
        equality: [element({}, { connect, weld: [...weld, ...welds], joint: [...couplingElements(robot), ...joint] })],
        actuator: [
          element({}, { position: [...servoActuators(robot), ...addition.actuators], velocity: wheelActuators(robot) }),
        ],
        sensor: robot.sensorLinks.map(sensorElements),
      },
    ),
  );
}

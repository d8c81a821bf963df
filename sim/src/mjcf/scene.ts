import type { RobotModel } from '@praxis/model';
import type { SceneObject } from '../tasks/scene.ts';
import { robotBodies, type Servo, servoActuators } from './robot-bodies.ts';

/** Seconds of one physics step; one control period. */
export const TIMESTEP = 0.002;

function geometry({ geometry: g }: SceneObject): string {
  if (g.type === 'box') return `type="box" size="${g.size.map((s) => s / 2).join(' ')}"`;
  if (g.type === 'cylinder') return `type="cylinder" size="${g.radius} ${g.length / 2}"`;
  return `type="sphere" size="${g.radius}"`;
}

function object(o: SceneObject): string {
  const [x, y, z, qx, qy, qz, qw] = o.pose;
  const shape = `<geom ${geometry(o)} friction="${o.friction} 0.01 0.0002"${o.mass > 0 ? ` mass="${o.mass}"` : ''}/>`;
  const free = o.mass > 0 ? `<freejoint name="${o.name}"/>` : '';
  return `<body name="${o.name}" pos="${x} ${y} ${z}" quat="${qw} ${qx} ${qy} ${qz}">${free}${shape}</body>`;
}

/** What a scene may have beyond robot, table and things: MJCF for the world and for the actuators. */
export interface SceneAddition {
  readonly bodies: string;
  readonly actuators: string;
  /** `conaffinity` of the robot's shapes: bit 1 for the things of a task, others for what is added. */
  readonly robotAffinity: number;
}

/**
 * One scene as MJCF: the URDF's arm with servos and a wrist force/torque sensor, a table whose top is z = 0, the task's things.
 */
export function sceneMjcf(
  model: RobotModel,
  servos: ReadonlyMap<string, Servo>,
  fingers: readonly [string, string],
  sensorLink: string,
  objects: readonly SceneObject[],
  addition: SceneAddition = { bodies: '', actuators: '', robotAffinity: 1 },
): string {
  return `<mujoco model="praxis">
<compiler angle="radian" autolimits="true"/>
<option timestep="${TIMESTEP}" integrator="implicitfast" cone="elliptic" impratio="10" iterations="30"/>
<size memory="8M"/>
<default>
  <geom condim="4" solref="0.008 1" solimp="0.95 0.99 0.001"/>
  <default class="robot"><geom contype="1" conaffinity="${addition.robotAffinity}"/></default>
</default>
<worldbody>
  <body name="table" pos="0.5 0 -0.02"><geom type="box" size="0.45 0.6 0.02" friction="0.8 0.01 0.0002"/></body>
  ${robotBodies(model, servos, sensorLink)}
  ${objects.map(object).join('\n  ')}${addition.bodies}
</worldbody>
<contact>
  <exclude body1="hand" body2="left_finger"/><exclude body1="hand" body2="right_finger"/>
</contact>
<equality><joint joint1="${fingers[0]}" joint2="${fingers[1]}" solref="0.006 1"/></equality>
<actuator>${servoActuators(model, servos)}${addition.actuators}</actuator>
<sensor><force name="force" site="${sensorLink}"/><torque name="torque" site="${sensorLink}"/></sensor>
</mujoco>`;
}

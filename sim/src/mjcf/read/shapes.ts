import { composePose, POSE_SIZE, type Pose, quaternion } from '@praxis/core';
import { type Geometry, type Inertial, type Link, originAt, type Visual } from '@praxis/model';
import type { ModelArrays } from './model-arrays.ts';

/** Shapes (mjtGeom). */
const GEOM = { plane: 0, heightField: 1, sphere: 2, capsule: 3, ellipsoid: 4, cylinder: 5, box: 6, mesh: 7 } as const;
/** By convention MuJoCo's viewers show geometries of these groups. */
const LAST_VISIBLE_GROUP = 2;

/** The frame of a mesh's file in its geometry's frame: the compiler moves meshes to their own principal axes. */
function meshFrame(arrays: ModelArrays, mesh: number): Pose {
  const compiled = arrays.pose('mesh_pos', 'mesh_quat', mesh);
  const out = new Float64Array(POSE_SIZE);
  const inverse = new Float64Array(4);
  quaternion.conjugate(compiled, inverse, 3);
  quaternion.rotate(inverse, compiled, out);
  for (let axis = 0; axis < 3; axis++) out[axis] = -out[axis];
  out.set(inverse, 3);
  return out;
}

function geometryOf(arrays: ModelArrays, id: number): Geometry | undefined {
  const [x, y, z] = arrays.numbers('geom_size', 3 * id, 3);
  switch (arrays.number('geom_type', id)) {
    case GEOM.sphere:
      return { type: 'sphere', radius: x };
    case GEOM.capsule:
      return { type: 'capsule', radius: x, length: 2 * y };
    case GEOM.cylinder:
      return { type: 'cylinder', radius: x, length: 2 * y };
    case GEOM.box:
      return { type: 'box', size: [2 * x, 2 * y, 2 * z] };
    case GEOM.mesh: {
      const mesh = arrays.number('geom_dataid', id);
      const filename = arrays.meshFile(mesh);
      const [sx, sy, sz] = arrays.numbers('mesh_scale', 3 * mesh, 3);
      return filename === undefined ? undefined : { type: 'mesh', filename, scale: [sx, sy, sz] };
    }
    default:
      return undefined;
  }
}

function colourOf(arrays: ModelArrays, id: number): NonNullable<Visual['material']> {
  const material = arrays.number('geom_matid', id);
  const [r, g, b, a] =
    material >= 0 ? arrays.numbers('mat_rgba', 4 * material, 4) : arrays.numbers('geom_rgba', 4 * id, 4);
  return { name: '', rgba: [r, g, b, a] };
}

function inertialOf(arrays: ModelArrays, body: number): Inertial | undefined {
  const mass = arrays.number('body_mass', body);
  if (mass === 0) return undefined;
  const [x, y, z] = arrays.numbers('body_inertia', 3 * body, 3);
  return { origin: originAt(arrays.pose('body_ipos', 'body_iquat', body)), mass, inertia: [x, 0, 0, y, 0, z] };
}

/**
 * A body as a link. Geometries of the groups 0 to 2 are visuals; those that can touch anything are collision shapes. Planes, height
 * fields, ellipsoids, and meshes that the model generates are left out with a warning.
 */
export function linkOf(arrays: ModelArrays, body: number, warn: (message: string) => void): Link {
  const name = arrays.name('body', body);
  const visuals: Visual[] = [];
  const collisions: Visual[] = [];
  const first = arrays.number('body_geomadr', body);
  const count = arrays.number('body_geomnum', body);
  for (let id = first; id < first + count; id++) {
    const geometry = geometryOf(arrays, id);
    if (!geometry) {
      // The floor of a scene is no part of the robot.
      if (body > 0)
        warn(`body "${name}": geometry ${id} has a shape that a robot description cannot hold; it is left out`);
      continue;
    }
    const pose = arrays.pose('geom_pos', 'geom_quat', id);
    if (geometry.type === 'mesh') composePose(pose, meshFrame(arrays, arrays.number('geom_dataid', id)), pose);
    const shape = { name: '', origin: originAt(pose), geometry };
    if (arrays.number('geom_group', id) <= LAST_VISIBLE_GROUP) {
      visuals.push({ ...shape, material: colourOf(arrays, id) });
    }
    if (arrays.number('geom_contype', id) !== 0 || arrays.number('geom_conaffinity', id) !== 0) collisions.push(shape);
  }
  return { name, inertial: inertialOf(arrays, body), visuals, collisions };
}

/** The optical frame (REP-103) of a camera, which looks along -z with y up in MuJoCo. */
export function opticalFrame(pose: Pose): Pose {
  const out = new Float64Array(POSE_SIZE);
  composePose(pose, Float64Array.of(0, 0, 0, 1, 0, 0, 0), out);
  return out;
}

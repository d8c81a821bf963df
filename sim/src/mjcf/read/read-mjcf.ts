import { InputError } from '@praxis/core';
import type { CameraOptics, DescriptionFile, Joint, Link, RobotModel } from '@praxis/model';
import { closeLoops, originAt } from '@praxis/model';
import { loadMujoco, type Mujoco } from '../../mujoco/world.ts';
import { compileMjcf } from './compile.ts';
import { equalitiesOf, mimicsOf, referenceOf } from './equalities.ts';
import { drivenJoints, jointsTo } from './joints.ts';
import { ModelArrays } from './model-arrays.ts';
import { linkOf, opticalFrame } from './shapes.ts';

const emptyLink = (name: string): Link => ({ name, visuals: [], collisions: [] });

/** Name of a camera's link, an optical frame. */
const cameraLink = (arrays: ModelArrays, camera: number): string => `${arrays.name('camera', camera)}_optical`;

/** Optics of a camera. MuJoCo gives a camera without a resolution one pixel. */
function opticsOf(arrays: ModelArrays, camera: number): CameraOptics {
  const fov = Math.round(1e6 * arrays.number('cam_fovy', camera)) / 1e6;
  const [width, height] = arrays.numbers('cam_resolution', 2 * camera, 2);
  return width > 1 && height > 1 ? { fov, size: [width, height] } : { fov };
}

/** Sites and cameras as links that are fixed to their body; a name that a link has is passed over. */
function frames(arrays: ModelArrays, taken: ReadonlySet<string>): { links: Link[]; joints: Joint[] } {
  const links: Link[] = [];
  const joints: Joint[] = [];
  const names = new Set(taken);
  const add = (name: string, body: number, pose: ArrayLike<number>): void => {
    if (names.has(name)) return;
    names.add(name);
    links.push(emptyLink(name));
    const parent = arrays.name('body', body);
    joints.push({ name: `${name}_fixed`, type: 'fixed', parent, child: name, origin: originAt(pose), axis: [1, 0, 0] });
  };
  const { nsite, ncam } = arrays.model;
  for (let i = 0; i < nsite; i++) {
    add(arrays.name('site', i), arrays.number('site_bodyid', i), arrays.pose('site_pos', 'site_quat', i));
  }
  for (let i = 0; i < ncam; i++) {
    const pose = opticalFrame(arrays.pose('cam_pos', 'cam_quat', i));
    add(cameraLink(arrays, i), arrays.number('cam_bodyid', i), pose);
  }
  return { links, joints };
}

/** The root: the only body in the world if it stands at its origin without a joint, else the world. */
function rootOf(arrays: ModelArrays): number {
  const top = Array.from({ length: arrays.model.nbody - 1 }, (_, i) => i + 1).filter(
    (body) => arrays.number('body_parentid', body) === 0,
  );
  if (top.length !== 1 || arrays.number('body_jntnum', top[0]) > 0) return 0;
  const [x, y, z, qx, qy, qz] = arrays.pose('body_pos', 'body_quat', top[0]);
  return [x, y, z, qx, qy, qz].every((value) => value === 0) ? top[0] : 0;
}

function modelOf(arrays: ModelArrays): RobotModel {
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const equalities = equalitiesOf(arrays, warn);
  const mimics = mimicsOf(equalities, warn);
  const root = rootOf(arrays);
  const links: Link[] = [];
  const joints: Joint[] = [];
  for (let body = root; body < arrays.model.nbody; body++) {
    if (body > root) {
      const above = jointsTo(arrays, body, mimics);
      links.push(...above.links.map(emptyLink));
      joints.push(...above.joints);
    }
    links.push(linkOf(arrays, body, warn));
  }
  const known = new Set(links.map(({ name }) => name));
  const fixed = frames(arrays, known);
  // A frame of the world that is not part of the robot has no link to hang from.
  const kept = fixed.joints.filter(({ parent }) => known.has(parent));
  const names = new Set(kept.map(({ child }) => child));
  links.push(...fixed.links.filter(({ name }) => names.has(name)));
  joints.push(...kept);
  const cameras = Object.fromEntries(
    Array.from({ length: arrays.model.ncam }, (_, i) => [cameraLink(arrays, i), opticsOf(arrays, i)] as const).filter(
      ([link]) => names.has(link),
    ),
  );
  const model: RobotModel = {
    ...{ name: arrays.text('names', 0), links, joints, root: arrays.name('body', root), warnings },
    ...(equalities.length > 0 && { equalities }),
    ...(Object.keys(cameras).length > 0 && { cameras }),
  };
  const driven = drivenJoints(arrays);
  const references = new Map(
    Array.from({ length: arrays.model.njnt }, (_, id) => [arrays.name('joint', id), referenceOf(arrays, id)] as const),
  );
  return closeLoops(model, {
    isDriven: (joint) => driven.has(joint),
    closedAt: (joint) => references.get(joint) ?? 0,
  });
}

/**
 * Reads an MJCF through MuJoCo's compiler as a robot model: bodies as links, hinges and slides with their limits, free joints, linear
 * joint equalities as mimics, loops that `connect` and `weld` close with their passive joints following the one that drives them, compiled inertias, shapes with their mesh files, sites and cameras as fixed links (a camera's has the
 * name NAME_optical and is an optical frame). Efforts are those of the actuators. MJCF has no largest speeds: they are infinite.
 * @throws {InputError} in one line: a missing file, a Git LFS pointer, MuJoCo's own message, or a ball joint
 * @example
 * const robot = await openRobotFolder('robots/my-arm', { readMjcf });
 */
export async function readMjcf(file: DescriptionFile): Promise<RobotModel> {
  const mujoco: Mujoco = await loadMujoco();
  const { model, meshFolder } = await compileMjcf(mujoco, file);
  try {
    return modelOf(new ModelArrays(mujoco, model, meshFolder));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${file.path}: ${error.message}`, { cause: error });
  } finally {
    model.delete();
  }
}

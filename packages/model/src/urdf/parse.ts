import { InputError } from '@praxis/core';
import type { Material, RobotModel } from '../description/robot-model.ts';
import { findChild, findChildren } from './attributes.ts';
import { checkTree } from './check.ts';
import { readJoint } from './joint.ts';
import { readLink, readMaterial } from './link.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** Options of {@link parseUrdf}. */
export interface UrdfOptions {
  /** Name of the file in errors. */
  readonly source?: string;
  /** Tells whether a mesh file exists; a URDF with a missing mesh is then refused. Default: meshes are not checked. */
  readonly hasMesh?: (filename: string) => boolean;
}

const XACRO_HINT = 'expand it first: xacro file.urdf.xacro > file.urdf';

// The xacro namespace alone is allowed: expanded files still declare it.
function refuseXacro(element: XmlElement): void {
  if (element.tag.startsWith('xacro:')) throw new InputError(`<${element.tag}>: this is a xacro file; ${XACRO_HINT}`);
  for (const [name, value] of element.attributes) {
    if (/\$[{(]/.test(value)) {
      throw new InputError(`<${element.tag}> ${name}="${value}": this is a xacro file; ${XACRO_HINT}`);
    }
  }
  for (const each of element.children) refuseXacro(each);
}

function refuseOthers({ tag }: XmlElement): void {
  if (tag === 'robot') return;
  const others: Readonly<Record<string, string>> = { sdf: ', this is SDF', mujoco: ', this is MJCF' };
  throw new InputError(`not a URDF: the top element is <${tag}>, expected <robot>${others[tag] ?? ''}`);
}

/** The named materials of a file: those of the robot, then those defined in visuals. */
function materialsOf(robot: XmlElement): ReadonlyMap<string, Material> {
  const materials = new Map<string, Material>();
  for (const element of findChildren(robot, 'material')) {
    const material = readMaterial(element, 'a material');
    if (materials.has(material.name)) {
      throw new InputError(`material "${material.name}": there are two of this name`);
    }
    materials.set(material.name, material);
  }
  for (const link of findChildren(robot, 'link')) {
    for (const visual of findChildren(link, 'visual')) {
      const element = findChild(visual, 'material');
      if (!element) continue;
      const material = readMaterial(element, `link "${link.attributes.get('name')}"`);
      if ((material.rgba || material.texture) && !materials.has(material.name)) materials.set(material.name, material);
    }
  }
  return materials;
}

function modelOf(xml: string, options: UrdfOptions): RobotModel {
  const robot = parseXml(xml);
  refuseOthers(robot);
  refuseXacro(robot);
  const context = { materials: materialsOf(robot), hasMesh: options.hasMesh };
  const links = findChildren(robot, 'link').map((element) => readLink(element, context));
  const joints = findChildren(robot, 'joint').map(readJoint);
  return { name: robot.attributes.get('name')?.trim() ?? '', links, joints, root: checkTree(links, joints) };
}

/**
 * Parses a URDF (https://wiki.ros.org/urdf/XML). Tags of simulators, drivers and transmissions are ignored. It runs in
 * Node and in browsers and opens no file.
 * @throws {InputError} with one line that names the element, its value and the expected value.
 */
export function parseUrdf(xml: string, options: UrdfOptions = {}): RobotModel {
  try {
    return modelOf(xml.replace(/^\uFEFF/, ''), options);
  } catch (error) {
    if (!(error instanceof InputError) || options.source === undefined) throw error;
    throw new InputError(`${options.source}: ${error.message}`, { cause: error });
  }
}

import { InputError } from '@praxis/core';
import type { Material, RobotModel } from '../description/robot-model.ts';
import { decodeXml } from '../xml/decode.ts';
import { parseXml, type XmlElement } from '../xml/parse.ts';
import { findChild, findChildren } from './attributes.ts';
import { checkTree } from './check.ts';
import { readJoint } from './joint.ts';
import { type LinkContext, readLink, readMaterial } from './link.ts';

/** Options of {@link parseUrdf}. */
export interface UrdfOptions {
  /** Name of the file in errors. */
  readonly source?: string;
  /**
   * Tells whether a mesh file exists. A missing mesh of a collision refuses the URDF; one of a visual is left out with a warning.
   * Default: meshes are not checked.
   */
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

const OTHER_FORMATS: Readonly<Record<string, string>> = {
  sdf: ', this is SDF',
  gazebo: ', this is SDF',
  mujoco: ', this is MJCF',
  COLLADA: ', this is a mesh',
  launch: ', this is a launch file',
};

function refuseOthers({ tag, attributes }: XmlElement): void {
  if (tag === 'robot') {
    const version = attributes.get('version')?.trim() ?? '1.0';
    if (/^1(\.\d+)*$/.test(version)) return;
    throw new InputError(`<robot> version="${version}": expected 1.0 or 1.1`);
  }
  throw new InputError(
    `not a URDF: the top element is <${tag}>, expected <robot>${Object.hasOwn(OTHER_FORMATS, tag) ? OTHER_FORMATS[tag] : ''}`,
  );
}

/** The named materials of a file: those of the robot, then those defined in visuals. */
function materialsOf(robot: XmlElement, warn: LinkContext['warn']): ReadonlyMap<string, Material> {
  const materials = new Map<string, Material>();
  for (const element of findChildren(robot, 'material')) {
    const material = readMaterial(element, `material "${element.attributes.get('name') ?? ''}"`, warn);
    if (materials.has(material.name))
      warn(`material "${material.name}": there are two of this name; the first one counts`);
    else materials.set(material.name, material);
  }
  for (const link of findChildren(robot, 'link')) {
    for (const visual of findChildren(link, 'visual')) {
      const element = findChild(visual, 'material');
      if (!element) continue;
      // The link itself warns.
      const material = readMaterial(element, '', () => {});
      if ((material.rgba || material.texture) && !materials.has(material.name)) materials.set(material.name, material);
    }
  }
  return materials;
}

/** Runs a part of the reading; undefined when the part is refused and the refusal is kept. */
type Attempt = <T>(read: () => T) => T | undefined;

function partsOf(
  document: string | Uint8Array,
  options: UrdfOptions,
  attempt: Attempt = (read) => read(),
): Omit<RobotModel, 'root'> {
  const xml = typeof document === 'string' ? document : decodeXml(document);
  const robot = parseXml(xml.replace(/^\uFEFF/, ''));
  refuseOthers(robot);
  refuseXacro(robot);
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const context: LinkContext = { materials: materialsOf(robot, warn), hasMesh: options.hasMesh, warn };
  const links = findChildren(robot, 'link').flatMap((element) => attempt(() => readLink(element, context)) ?? []);
  const joints = findChildren(robot, 'joint').flatMap((element) => attempt(() => readJoint(element, warn)) ?? []);
  return { name: robot.attributes.get('name')?.trim() ?? '', links, joints, warnings };
}

/**
 * Parses a URDF (https://wiki.ros.org/urdf/XML), version 1.0 or 1.1. Tags of simulators, drivers and transmissions are ignored. It
 * runs in Node and in browsers and opens no file. What is wrong with looks (visuals, materials), and joints that cannot move, are
 * listed in `warnings` of the model.
 * @param xml the document as text, or the bytes of its file, which are decoded as the file says
 * @throws {InputError} with one line that names the element, its value and the expected value.
 */
export function parseUrdf(xml: string | Uint8Array, options: UrdfOptions = {}): RobotModel {
  try {
    const parts = partsOf(xml, options);
    return { ...parts, root: checkTree(parts.links, parts.joints) };
  } catch (error) {
    if (!(error instanceof InputError) || options.source === undefined) throw error;
    throw new InputError(`${options.source}: ${error.message}`, { cause: error });
  }
}

/**
 * Everything for which {@link parseUrdf} would refuse a URDF, one line for each link and joint that is wrong; what is wrong with the
 * tree that they form is told when each of them is right. Empty for a sound one.
 */
export function urdfFaults(xml: string | Uint8Array): readonly string[] {
  const faults: string[] = [];
  const attempt: Attempt = (read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(error.message);
      return undefined;
    }
  };
  const parts = attempt(() => partsOf(xml, {}, attempt));
  if (parts && faults.length === 0) attempt(() => checkTree(parts.links, parts.joints));
  return faults;
}

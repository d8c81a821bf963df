import { errorMessage, InputError } from '@praxis/core';
import type { Collision, Geometry, Inertial, Link, Material, Visual } from '../description/robot-model.ts';
import type { XmlElement } from '../xml/parse.ts';
import {
  findChild,
  findChildren,
  readNonNegative,
  readNumber,
  readNumbers,
  readOrigin,
  readText,
  readVector3,
} from './attributes.ts';

/** Materials and meshes of the file around a link. */
export interface LinkContext {
  readonly materials: ReadonlyMap<string, Material>;
  readonly hasMesh?: (filename: string) => boolean;
  /** Receives what is wrong with the looks of a link, in one line. Looks never refuse a robot. */
  readonly warn: (message: string) => void;
}

/** A colour; undefined, with a warning, when it cannot be read. Values out of 0..1 are clamped with a warning. */
function readColour(color: XmlElement, where: string, warn: LinkContext['warn']): Material['rgba'] {
  let rgba: readonly number[];
  try {
    rgba = readNumbers(color, 'rgba', where, 4);
  } catch (error) {
    warn(`${errorMessage(error)}; the colour is left out`);
    return undefined;
  }
  const clamped = rgba.map((value) => Math.max(0, Math.min(1, value)));
  if (clamped.some((value, i) => value !== rgba[i])) {
    warn(`${where}: <color> rgba="${rgba.join(' ')}": values are clamped to 0..1`);
  }
  const [red, green, blue, alpha] = clamped;
  return [red, green, blue, alpha];
}

export function readMaterial(element: XmlElement, where: string, warn: LinkContext['warn']): Material {
  const name = element.attributes.get('name')?.trim() ?? '';
  const color = findChild(element, 'color');
  // An empty file name stands for no texture: exporters write it for every material.
  const texture = findChild(element, 'texture')?.attributes.get('filename')?.trim() || undefined;
  return { name, rgba: color && readColour(color, where, warn), texture };
}

function geometryOf(element: XmlElement, where: string, context: LinkContext): Geometry {
  const shape = findChild(element, 'geometry')?.children[0];
  if (!shape) throw new InputError(`${where}: <${element.tag}> has no geometry`);
  switch (shape.tag) {
    case 'box': {
      const size = readVector3(shape, 'size', where);
      if (size.some((side) => side < 0)) {
        throw new InputError(`${where}: <box> size="${size.join(' ')}": expected 0 or more`);
      }
      return { type: 'box', size };
    }
    case 'cylinder':
    case 'capsule': {
      const [radius, length] = [readNonNegative(shape, 'radius', where), readNonNegative(shape, 'length', where)];
      return { type: shape.tag, radius, length };
    }
    case 'sphere':
      return { type: 'sphere', radius: readNonNegative(shape, 'radius', where) };
    case 'mesh': {
      const filename = readText(shape, 'filename', where);
      if (context.hasMesh?.(filename) === false) throw new InputError(`${where}: mesh ${filename}: file not found`);
      return { type: 'mesh', filename, scale: readVector3(shape, 'scale', where, [1, 1, 1]) };
    }
    default:
      throw new InputError(
        `${where}: geometry <${shape.tag}>: unknown; expected box, cylinder, capsule, sphere or mesh`,
      );
  }
}

const collisionOf = (element: XmlElement, where: string, context: LinkContext): Collision => ({
  name: element.attributes.get('name')?.trim() ?? '',
  origin: readOrigin(element, where),
  geometry: geometryOf(element, where, context),
});

/** A visible shape; undefined, with a warning, when it cannot be read. */
function visualOf(element: XmlElement, where: string, context: LinkContext): Visual | undefined {
  let shape: Collision;
  try {
    shape = collisionOf(element, where, context);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    context.warn(`${error.message}; the visual is left out`);
    return undefined;
  }
  const inline = findChild(element, 'material');
  if (!inline) return shape;
  const material = readMaterial(inline, where, context.warn);
  // A material without colour and texture refers to one that the file defines elsewhere.
  const own = material.rgba || material.texture;
  return { ...shape, material: own ? material : (context.materials.get(material.name) ?? material) };
}

function inertialOf(element: XmlElement, where: string): Inertial {
  const [mass, inertia] = [findChild(element, 'mass'), findChild(element, 'inertia')];
  if (!mass) throw new InputError(`${where}: <inertial> has no mass`);
  if (!inertia) throw new InputError(`${where}: <inertial> has no inertia`);
  const entry = (name: string) => readNumber(inertia, name, where, name[1] === name[2] ? undefined : 0);
  return {
    origin: readOrigin(element, where),
    mass: readNonNegative(mass, 'value', where),
    inertia: [entry('ixx'), entry('ixy'), entry('ixz'), entry('iyy'), entry('iyz'), entry('izz')],
  };
}

export function readLink(element: XmlElement, context: LinkContext): Link {
  const name = readText(element, 'name', 'a link');
  const where = `link "${name}"`;
  const inertial = findChild(element, 'inertial');
  return {
    name,
    inertial: inertial && inertialOf(inertial, where),
    visuals: findChildren(element, 'visual').flatMap((each) => visualOf(each, where, context) ?? []),
    collisions: findChildren(element, 'collision').map((each) => collisionOf(each, where, context)),
  };
}

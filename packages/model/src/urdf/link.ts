import { InputError } from '@praxis/core';
import type { Collision, Geometry, Inertial, Link, Material, Visual } from '../description/robot-model.ts';
import { atLeastZero, child, children, number, numbers, originOf, text, vector3 } from './attributes.ts';
import type { XmlElement } from './xml.ts';

/** Materials and meshes of the file around a link. */
export interface LinkContext {
  readonly materials: ReadonlyMap<string, Material>;
  readonly hasMesh?: (filename: string) => boolean;
}

export function materialOf(element: XmlElement, where: string): Material {
  const name = element.attributes.get('name')?.trim() ?? '';
  const color = child(element, 'color');
  const texture = child(element, 'texture');
  const rgba = color && (numbers(color, 'rgba', where, 4) as Material['rgba']);
  if (rgba?.some((value) => value < 0 || value > 1)) {
    throw new InputError(`${where}: material "${name}" rgba="${rgba.join(' ')}": expected values from 0 to 1`);
  }
  return { name, rgba, texture: texture && text(texture, 'filename', where) };
}

function geometryOf(element: XmlElement, where: string, context: LinkContext): Geometry {
  const shape = child(element, 'geometry')?.children[0];
  if (!shape) throw new InputError(`${where}: <${element.tag}> has no geometry`);
  switch (shape.tag) {
    case 'box': {
      const size = vector3(shape, 'size', where);
      if (size.some((side) => side < 0)) {
        throw new InputError(`${where}: <box> size="${size.join(' ')}": expected 0 or more`);
      }
      return { type: 'box', size };
    }
    case 'cylinder':
    case 'capsule': {
      const [radius, length] = [atLeastZero(shape, 'radius', where), atLeastZero(shape, 'length', where)];
      return { type: shape.tag, radius, length };
    }
    case 'sphere':
      return { type: 'sphere', radius: atLeastZero(shape, 'radius', where) };
    case 'mesh': {
      const filename = text(shape, 'filename', where);
      if (context.hasMesh?.(filename) === false) throw new InputError(`${where}: mesh ${filename}: file not found`);
      return { type: 'mesh', filename, scale: vector3(shape, 'scale', where, [1, 1, 1]) };
    }
    default:
      throw new InputError(
        `${where}: geometry <${shape.tag}>: unknown; expected box, cylinder, capsule, sphere or mesh`,
      );
  }
}

const collisionOf = (element: XmlElement, where: string, context: LinkContext): Collision => ({
  name: element.attributes.get('name')?.trim() ?? '',
  origin: originOf(element, where),
  geometry: geometryOf(element, where, context),
});

function visualOf(element: XmlElement, where: string, context: LinkContext): Visual {
  const shape = collisionOf(element, where, context);
  const inline = child(element, 'material');
  if (!inline) return shape;
  const material = materialOf(inline, where);
  // A material without colour and texture refers to one that the file defines elsewhere.
  const own = material.rgba || material.texture;
  return { ...shape, material: own ? material : (context.materials.get(material.name) ?? material) };
}

function inertialOf(element: XmlElement, where: string): Inertial {
  const [mass, inertia] = [child(element, 'mass'), child(element, 'inertia')];
  if (!mass) throw new InputError(`${where}: <inertial> has no mass`);
  if (!inertia) throw new InputError(`${where}: <inertial> has no inertia`);
  const entry = (name: string) => number(inertia, name, where, name[1] === name[2] ? undefined : 0);
  return {
    origin: originOf(element, where),
    mass: atLeastZero(mass, 'value', where),
    inertia: [entry('ixx'), entry('ixy'), entry('ixz'), entry('iyy'), entry('iyz'), entry('izz')],
  };
}

export function linkOf(element: XmlElement, context: LinkContext): Link {
  const name = text(element, 'name', 'a link');
  const where = `link "${name}"`;
  const inertial = child(element, 'inertial');
  return {
    name,
    inertial: inertial && inertialOf(inertial, where),
    visuals: children(element, 'visual').map((each) => visualOf(each, where, context)),
    collisions: children(element, 'collision').map((each) => collisionOf(each, where, context)),
  };
}

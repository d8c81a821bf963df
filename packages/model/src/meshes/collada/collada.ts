import { InputError } from '@praxis/core';
import type { XmlElement } from '../../xml/parse.ts';
import { IDENTITY, type Matrix4, multiplyMatrices, rotationAbout, scaling, translation } from '../geometry/matrix.ts';
import { type Mesh, MeshBuilder, type Rgba } from '../geometry/mesh.ts';
import { type ColladaDocument, childOf, childrenOf, numbersOf, openCollada, referenced, wordsOf } from './document.ts';
import { type ColladaPart, partsOf } from './geometry.ts';
import { diffuseColour } from './material.ts';

/** Transform of one element of a `<node>`; undefined for an element that is none. */
function transformOf(element: XmlElement): Matrix4 | undefined {
  switch (element.tag) {
    case 'matrix':
      return [...numbersOf(element, 16)];
    case 'translate': {
      const [x, y, z] = numbersOf(element, 3);
      return translation(x, y, z);
    }
    case 'scale': {
      const [x, y, z] = numbersOf(element, 3);
      return scaling(x, y, z);
    }
    case 'rotate': {
      const [x, y, z, degrees] = numbersOf(element, 4);
      return rotationAbout(x, y, z, (degrees * Math.PI) / 180);
    }
    case 'lookat':
    case 'skew':
      throw new InputError(
        `<${element.tag}>: this transform is not supported, expected matrix, translate, rotate, scale`,
      );
    default:
      return undefined;
  }
}

/** Turns the file's axes so that z is up, as COLLADA 1.4.1 defines the values of `<up_axis>`; Y_UP is its default. */
function upright(axis: string): Matrix4 {
  if (axis === 'Z_UP') return IDENTITY;
  // X_UP has -y to the right in the picture and z towards the viewer; Y_UP has x to the right.
  if (axis === 'X_UP') return [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];
  return [1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
}

/** Deepest nesting of nodes: a library node that contains itself would have no end. */
const MAX_DEPTH = 64;

class SceneReader {
  readonly #document: ColladaDocument;
  readonly #builder = new MeshBuilder();
  readonly #geometries = new Map<XmlElement, readonly ColladaPart[]>();

  constructor(document: ColladaDocument) {
    this.#document = document;
  }

  read(): Mesh {
    const { root } = this.#document;
    const asset = childOf(root, 'asset');
    const metres = Number(childOf(asset, 'unit')?.attributes.get('meter') ?? 1);
    if (!(metres > 0)) throw new InputError('<unit> meter: expected a number above 0');
    const up = wordsOf(childOf(asset, 'up_axis'))[0] ?? 'Y_UP';
    const world = multiplyMatrices(upright(up), scaling(metres, metres, metres));
    const instance = childOf(childOf(root, 'scene'), 'instance_visual_scene');
    const scene = instance ? referenced(this.#document, instance) : this.#onlyScene();
    for (const node of childrenOf(scene, 'node')) this.#visit(node, world, 0);
    return this.#builder.build();
  }

  #onlyScene(): XmlElement {
    const [scene] = childrenOf(childOf(this.#document.root, 'library_visual_scenes'), 'visual_scene');
    if (scene) return scene;
    throw new InputError('the file has no <visual_scene>');
  }

  #visit(node: XmlElement, parent: Matrix4, depth: number): void {
    if (depth > MAX_DEPTH) throw new InputError(`<node> "${node.attributes.get('id') ?? ''}": contains itself`);
    let at = parent;
    for (const each of node.children) at = multiplyMatrices(at, transformOf(each) ?? IDENTITY);
    for (const each of node.children) {
      if (each.tag === 'node') this.#visit(each, at, depth + 1);
      else if (each.tag === 'instance_node') this.#visit(referenced(this.#document, each), at, depth + 1);
      else if (each.tag === 'instance_geometry') this.#add(referenced(this.#document, each), each, at);
      else if (each.tag === 'instance_controller') {
        throw new InputError('<instance_controller>: skinned meshes are not supported, expected rigid ones');
      }
    }
  }

  #add(geometry: XmlElement, instance: XmlElement, transform: Matrix4): void {
    const parts = this.#geometries.get(geometry) ?? partsOf(this.#document, geometry);
    this.#geometries.set(geometry, parts);
    const colours = this.#coloursOf(instance);
    for (const { positions, indices, material } of parts) {
      this.#builder.add(positions, indices, colours.get(material ?? ''), transform);
    }
  }

  /** Colours by the symbols that an instance binds. */
  #coloursOf(instance: XmlElement): ReadonlyMap<string, Rgba | undefined> {
    const bound = childOf(childOf(instance, 'bind_material'), 'technique_common');
    return new Map(
      childrenOf(bound, 'instance_material').map((each) => [
        each.attributes.get('symbol') ?? '',
        diffuseColour(this.#document, referenced(this.#document, each, 'target')),
      ]),
    );
  }
}

/**
 * Reads the scene of a COLLADA file (1.4, 1.5): triangles and polygons of all nodes with their transforms, in metres by `<unit>`, z up
 * by `<up_axis>`, with the diffuse colours of the materials. RViz passes `<up_axis>` over: a file that says Y_UP and is drawn with z
 * up looks right there and lies on its side here.
 * @throws {InputError} in one line when the file is not COLLADA or has parts that are not supported
 */
export const readCollada = (bytes: Uint8Array): Mesh => new SceneReader(openCollada(bytes)).read();

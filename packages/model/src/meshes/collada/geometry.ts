import { InputError } from '@praxis/core';
import type { XmlElement } from '../../xml/parse.ts';
import { fan } from '../geometry/mesh.ts';
import { type ColladaDocument, childOf, childrenOf, numbersOf, referenced } from './document.ts';

/** Triangles of a `<geometry>` that have one material. */
export interface ColladaPart {
  readonly positions: Float64Array;
  readonly indices: readonly number[];
  /** Symbol that an instance binds to a material. */
  readonly material: string | undefined;
}

/** Positions of a `<source>`: its accessor says where each vertex begins. */
function positionsOf(document: ColladaDocument, source: XmlElement): Float64Array {
  const accessor = childOf(childOf(source, 'technique_common'), 'accessor');
  const array = accessor ? referenced(document, accessor, 'source') : childOf(source, 'float_array');
  if (array?.tag !== 'float_array') throw new InputError(`<source> ${idOf(source)}: has no <float_array>`);
  const numbers = numbersOf(array);
  const value = (name: string, fallback: number) => Number(accessor?.attributes.get(name) ?? fallback);
  const stride = value('stride', 3);
  const offset = value('offset', 0);
  const count = value('count', Math.floor(numbers.length / stride));
  if (!(stride >= 3 && count >= 0 && offset >= 0 && offset + count * stride <= numbers.length)) {
    throw new InputError(
      `<source> ${idOf(source)}: ${numbers.length} numbers, expected ${count} vertices of ${stride} from ${offset} on`,
    );
  }
  const out = new Float64Array(3 * count);
  for (let i = 0; i < count; i++) out.set(numbers.subarray(offset + i * stride, offset + i * stride + 3), 3 * i);
  return out;
}

const idOf = (element: XmlElement): string => `"${element.attributes.get('id') ?? ''}"`;

/** The positions that a primitive's `VERTEX` input names, by way of `<vertices>`, with the input's place among the indices. */
function vertexInput(document: ColladaDocument, primitive: XmlElement): { source: XmlElement; offset: number } {
  const input = childrenOf(primitive, 'input').find((each) => each.attributes.get('semantic') === 'VERTEX');
  if (!input) throw new InputError(`<${primitive.tag}>: has no input VERTEX`);
  const vertices = referenced(document, input, 'source');
  const position = childrenOf(vertices, 'input').find((each) => each.attributes.get('semantic') === 'POSITION');
  if (!position) throw new InputError(`<vertices> ${idOf(vertices)}: has no input POSITION`);
  return { source: referenced(document, position, 'source'), offset: Number(input.attributes.get('offset') ?? 0) };
}

/** Appends the triangles of one list of corners. */
type Triangulate = (corner: (k: number) => number, count: number, out: number[]) => void;

const triples: Triangulate = (corner, count, out) => {
  for (let k = 0; k + 2 < count; k += 3) out.push(corner(k), corner(k + 1), corner(k + 2));
};

const strip: Triangulate = (corner, count, out) => {
  for (let k = 2; k < count; k++) {
    if (k % 2 === 0) out.push(corner(k - 2), corner(k - 1), corner(k));
    else out.push(corner(k - 1), corner(k - 2), corner(k));
  }
};

const TRIANGULATE: Readonly<Record<string, Triangulate>> = {
  triangles: triples,
  tristrips: strip,
  trifans: fan,
  polygons: fan,
};

function trianglesOf(primitive: XmlElement, offset: number): number[] {
  const stride =
    1 + Math.max(...childrenOf(primitive, 'input').map((each) => Number(each.attributes.get('offset') ?? 0)));
  const indices: number[] = [];
  const lists = childrenOf(primitive, 'p').map((p) => numbersOf(p));
  if (primitive.tag === 'polylist') {
    const counts = childOf(primitive, 'vcount');
    const [list = new Float64Array()] = lists;
    const sizes = counts ? numbersOf(counts) : new Float64Array();
    const total = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
    if (total * stride !== list.length) {
      throw new InputError(`<polylist>: ${list.length} indices, expected ${total * stride} by its <vcount>`);
    }
    let from = 0;
    for (const size of sizes) {
      const start = from;
      fan((k) => list[(start + k) * stride + offset], size, indices);
      from += size;
    }
    return indices;
  }
  for (const list of lists) {
    TRIANGULATE[primitive.tag]((k) => list[k * stride + offset], Math.floor(list.length / stride), indices);
  }
  return indices;
}

/** Triangles of a `<geometry>`; lines and splines are passed over. */
export function partsOf(document: ColladaDocument, geometry: XmlElement): readonly ColladaPart[] {
  const sources = new Map<XmlElement, Float64Array>();
  return (childOf(geometry, 'mesh')?.children ?? []).flatMap((primitive) => {
    if (primitive.tag !== 'polylist' && !Object.hasOwn(TRIANGULATE, primitive.tag)) return [];
    const { source, offset } = vertexInput(document, primitive);
    const positions = sources.get(source) ?? positionsOf(document, source);
    sources.set(source, positions);
    return [{ positions, indices: trianglesOf(primitive, offset), material: primitive.attributes.get('material') }];
  });
}

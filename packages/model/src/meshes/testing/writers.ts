/** Writers of mesh files, for tests: triangles as 9 numbers each. */

export function binaryStl(corners: readonly number[], header = 'test'): Uint8Array {
  const count = corners.length / 9;
  const bytes = new Uint8Array(84 + 50 * count);
  bytes.set(new TextEncoder().encode(header));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, count, true);
  corners.forEach((value, i) => {
    view.setFloat32(84 + 50 * Math.floor(i / 9) + 12 + 4 * (i % 9), value, true);
  });
  return bytes;
}

export function asciiStl(corners: readonly number[]): Uint8Array {
  const facets = Array.from({ length: corners.length / 9 }, (_, i) => {
    const vertex = (k: number) => `vertex ${corners.slice(9 * i + 3 * k, 9 * i + 3 * k + 3).join(' ')}`;
    return `facet normal 0 0 0\nouter loop\n${[0, 1, 2].map(vertex).join('\n')}\nendloop\nendfacet`;
  });
  return new TextEncoder().encode(`solid part\n${facets.join('\n')}\nendsolid part\n`);
}

/** A GLB with one node; `extra` goes into the node. */
export function glb(corners: readonly number[], extra: object = {}, material: object = {}): Uint8Array {
  const data = Float32Array.from(corners);
  const count = data.length / 3;
  const json = new TextEncoder().encode(
    JSON.stringify({
      asset: { version: '2.0' },
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [{ mesh: 0, ...extra }],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
      materials: [material],
      accessors: [{ bufferView: 0, componentType: 5126, count, type: 'VEC3' }],
      bufferViews: [{ buffer: 0, byteLength: data.byteLength }],
      buffers: [{ byteLength: data.byteLength }],
    }),
  );
  const padded = Math.ceil(json.length / 4) * 4;
  const bytes = new Uint8Array(12 + 8 + padded + 8 + data.byteLength).fill(0x20, 0, 20 + padded);
  const view = new DataView(bytes.buffer);
  [0x46546c67, 2, bytes.length, padded, 0x4e4f534a].forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  bytes.set(json, 20);
  view.setUint32(20 + padded, data.byteLength, true);
  view.setUint32(24 + padded, 0x004e4942, true);
  bytes.set(new Uint8Array(data.buffer), 28 + padded);
  return bytes;
}

/** A COLLADA file with one geometry of two polygons, a red and a blue one, inside the nodes `nodes`. */
export const collada = ({
  asset = '<unit meter="1"/><up_axis>Z_UP</up_axis>',
  node = '',
  positions = '0 0 0 1 0 0 1 1 0 0 1 0 0 0 1',
}): Uint8Array => {
  const effect = (name: string, rgba: string, more = '') =>
    `<effect id="${name}-fx"><profile_COMMON><technique sid="common"><phong><diffuse><color>${rgba}</color></diffuse>${more}</phong></technique></profile_COMMON></effect>`;
  const material = (name: string) => `<material id="${name}"><instance_effect url="#${name}-fx"/></material>`;
  const bind = (name: string) => `<instance_material symbol="${name}-symbol" target="#${name}"/>`;
  return new TextEncoder().encode(`<?xml version="1.0"?><COLLADA version="1.4.1"><asset>${asset}</asset>
    <library_effects>${effect('red', '1 0 0 1', '<transparent opaque="A_ONE"><color>1 1 1 1</color></transparent><transparency><float>0.5</float></transparency>')}${effect('blue', '0 0 1 1')}</library_effects>
    <library_materials>${material('red')}${material('blue')}</library_materials>
    <library_geometries><geometry id="g"><mesh>
      <source id="p"><float_array id="pa" count="15">${positions}</float_array><technique_common><accessor source="#pa" count="5" stride="3"/></technique_common></source>
      <source id="n"><float_array id="na" count="3">0 0 1</float_array><technique_common><accessor source="#na" count="1" stride="3"/></technique_common></source>
      <vertices id="v"><input semantic="POSITION" source="#p"/></vertices>
      <polylist material="red-symbol" count="1"><input semantic="VERTEX" source="#v" offset="0"/><input semantic="NORMAL" source="#n" offset="1"/><vcount>4</vcount><p>0 0 1 0 2 0 3 0</p></polylist>
      <triangles material="blue-symbol" count="1"><input semantic="NORMAL" source="#n" offset="0"/><input semantic="VERTEX" source="#v" offset="1"/><p>0 0 0 1 0 4</p></triangles>
      <lines count="1"><input semantic="VERTEX" source="#v" offset="0"/><p>0 1</p></lines>
    </mesh></geometry></library_geometries>
    <library_visual_scenes><visual_scene id="s"><node>${node}<instance_geometry url="#g"><bind_material><technique_common>${bind('red')}${bind('blue')}</technique_common></bind_material></instance_geometry></node></visual_scene></library_visual_scenes>
    <scene><instance_visual_scene url="#s"/></scene></COLLADA>`);
};

/** A cube from -1 to 1, each face as two triangles whose corners run anticlockwise seen from outside. */
export const CUBE: readonly number[] = [0, 1, 2].flatMap((axis) =>
  [-1, 1].flatMap((side) => {
    const corner = (u: number, v: number) => {
      const point = [0, 0, 0];
      point[axis] = side;
      point[(axis + 1) % 3] = u;
      point[(axis + 2) % 3] = v * side;
      return point;
    };
    const [a, b, c, d] = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
    return [...a, ...b, ...c, ...a, ...c, ...d];
  }),
);

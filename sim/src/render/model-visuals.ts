import { InputError } from '@praxis/core';
import type { Mesh, Rgba, RobotMeshes, RobotModel, Visual } from '@praxis/model';
import type { BodyVisuals, PoseTuple, RenderVisual } from './types.ts';

/** Colour of a shape for which the description names none. */
const GREY: Rgba = [0.6, 0.6, 0.62, 1];

const poseOf = ({ origin: { xyz, quaternion } }: Visual, along = 0): PoseTuple => {
  const [x, y, z, w] = quaternion;
  // The third column of the rotation: the shape's own z axis.
  const axis = [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)];
  return [xyz[0] + along * axis[0], xyz[1] + along * axis[1], xyz[2] + along * axis[2], x, y, z, w];
};

/** The triangles of one part of a mesh with the vertices that they use, scaled; a mirroring scale turns the triangles round. */
function partOf(mesh: Mesh, start: number, count: number, scale: readonly number[]): RenderVisual['geometry'] {
  const numbers = new Int32Array(mesh.positions.length / 3).fill(-1);
  const vertices: number[] = [];
  const indices = mesh.indices.slice(start, start + count);
  for (const [i, vertex] of indices.entries()) {
    if (numbers[vertex] < 0) {
      numbers[vertex] = vertices.length / 3;
      for (let axis = 0; axis < 3; axis++) vertices.push(mesh.positions[3 * vertex + axis] * scale[axis]);
    }
    indices[i] = numbers[vertex];
  }
  if (scale[0] * scale[1] * scale[2] < 0) {
    for (let i = 0; i < indices.length; i += 3) {
      [indices[i + 1], indices[i + 2]] = [indices[i + 2], indices[i + 1]];
    }
  }
  return { type: 'mesh', vertices: Float32Array.from(vertices), indices };
}

function shapesOf(visual: Visual, meshes: RobotMeshes): readonly RenderVisual[] {
  const { geometry, material } = visual;
  const pose = poseOf(visual);
  const rgba = material?.rgba ?? GREY;
  switch (geometry.type) {
    case 'box':
    case 'cylinder':
    case 'sphere':
      return [{ geometry, pose, rgba }];
    case 'capsule': {
      const { radius, length } = geometry;
      const ends = [-length / 2, length / 2].map((along) => poseOf(visual, along));
      return [
        { geometry: { type: 'cylinder', radius, length }, pose, rgba },
        ...ends.map((end) => ({ geometry: { type: 'sphere', radius } as const, pose: end, rgba })),
      ];
    }
    case 'mesh': {
      const mesh = meshes.get(geometry.filename);
      if (!mesh) throw new InputError(`mesh "${geometry.filename}": its triangles are not loaded`);
      return mesh.parts.map((part) => ({
        geometry: partOf(mesh, part.start, part.count, geometry.scale),
        pose,
        rgba: material?.rgba ?? part.rgba ?? GREY,
      }));
    }
  }
}

/**
 * What a renderer shows of a robot: the visuals of each link, or its collision shapes where it has no visuals. A colour of the
 * description counts before that of a mesh file.
 * @throws {InputError} for a mesh that is not among `meshes`
 */
export const modelVisuals = ({ links }: RobotModel, meshes: RobotMeshes): readonly BodyVisuals[] =>
  links.map(({ name, visuals, collisions }) => ({
    body: name,
    visuals: (visuals.length > 0 ? visuals : collisions).flatMap((visual) => shapesOf(visual, meshes)),
  }));

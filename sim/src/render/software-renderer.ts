import { InputError, quaternion, tan } from '@praxis/core';
import { type Drawable, drawables } from './drawable.ts';
import { clipAndFill, NEAR_PLANE_M, POLYGON_SIZE } from './near-plane.ts';
import { SampleBuffer, VERTEX_SIZE } from './sample-buffer.ts';
import type { SimScene } from './sim-scene.ts';
import { multiply3, multiplyTransposed3, rotate3 } from './transform.ts';
import type { Lighting, PinholeCamera } from './types.ts';

/** Linear colour of the sky at the top of the image. */
const BACKGROUND = [0.52, 0.58, 0.66] as const;
const WHITE = [1, 1, 1] as const;
/** Share of the ambient light that comes from above: a surface that faces up gets all of it, one that faces down none. */
const HEMISPHERE_RATIO = 0.5;

/**
 * Draws a {@link SimScene} without a GPU: perspective, depth buffer, four samples for each pixel, Lambert and hemispheric
 * shading at the vertices.
 *
 * The same scene, view and lighting give the same bytes in every JavaScript engine, because it uses only + - * / and sqrt on
 * doubles. After the first frame of a scene it allocates nothing.
 */
export class SoftwareRenderer {
  readonly width: number;
  readonly height: number;
  readonly #samples: SampleBuffer;
  #colours = new Float64Array(0);
  /** Vertices in the camera's frame: x, y, z (m), light. */
  #cameraVertices = new Float64Array(0);
  /** Projected vertices, in the layout of {@link SampleBuffer.fill}. */
  #projected = new Float64Array(0);
  readonly #polygon = new Float64Array(POLYGON_SIZE);
  readonly #camera = new Float64Array(9);
  readonly #body = new Float64Array(9);
  readonly #world = new Float64Array(9);
  readonly #view = new Float64Array(9);
  readonly #origin = new Float64Array(3);
  /**
   * Body's quaternion, then the centre of its bounding sphere (camera frame). The array avoids number arguments, which
   * engines may box.
   */
  readonly #scratch = new Float64Array(4);
  readonly #lamp = new Float64Array(4);
  /** Factor on each linear colour: exposure and colour of the light. */
  readonly #light = new Float64Array(3);
  /** Focal length, centre x, centre y (samples); then tangent and 1 / cosine of half the field of view, horizontal and vertical. */
  readonly #lens = new Float64Array(7);

  /**
   * @param width width of the image (pixels)
   * @param height height of the image (pixels)
   * @throws {InputError} unless both are positive integers
   */
  constructor(width: number, height: number) {
    if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
      throw new InputError(`image size ${width} x ${height}: expected whole positive numbers`);
    }
    this.width = width;
    this.height = height;
    this.#samples = new SampleBuffer(2 * width, 2 * height);
  }

  /**
   * Renders one image.
   * @param out rgb8, `width * height * 3` bytes, rows from the top
   * @throws {InputError} when `out` has another length
   */
  render(scene: SimScene, view: PinholeCamera, lighting: Lighting, out: Uint8Array): void {
    if (out.length !== this.width * this.height * 3) {
      throw new InputError(`image buffer: ${out.length} bytes, expected ${this.width * this.height * 3}`);
    }
    const list = drawables(scene);
    this.#reserve(list);
    this.#setCamera(view, lighting);
    this.#samples.clear();
    for (let index = 0; index < list.length; index++) this.#draw(list[index], view, index + 1);
    this.#samples.resolve(this.#colours, out);
  }

  #reserve(list: readonly Drawable[]): void {
    let vertices = 0;
    for (let index = 0; index < list.length; index++) vertices = Math.max(vertices, list[index].positions.length / 3);
    if (this.#cameraVertices.length < VERTEX_SIZE * vertices) {
      this.#cameraVertices = new Float64Array(VERTEX_SIZE * vertices);
      this.#projected = new Float64Array(VERTEX_SIZE * vertices);
    }
    if (this.#colours.length < 3 * (list.length + 1)) this.#colours = new Float64Array(3 * (list.length + 1));
  }

  #setCamera(view: PinholeCamera, lighting: Lighting): void {
    const lens = this.#lens;
    const half = tan(view.fovY / 2);
    lens[0] = this.height / half;
    lens[1] = this.width;
    lens[2] = this.height;
    const across = (half * this.width) / this.height;
    lens[3] = across;
    lens[4] = Math.sqrt(1 + across * across);
    lens[5] = half;
    lens[6] = Math.sqrt(1 + half * half);
    quaternion.toMatrix(view.quaternion, this.#camera);
    this.#lamp[0] = lighting.direction[0] * lighting.intensity;
    this.#lamp[1] = lighting.direction[1] * lighting.intensity;
    this.#lamp[2] = lighting.direction[2] * lighting.intensity;
    this.#lamp[3] = lighting.ambient;
    const { colour = WHITE, background = BACKGROUND } = lighting;
    for (let k = 0; k < 3; k++) {
      this.#light[k] = view.exposure * colour[k];
      this.#colours[k] = background[k] * this.#light[k];
    }
  }

  #draw(item: Drawable, camera: PinholeCamera, part: number): void {
    const { body, mesh } = item.part;
    const q = this.#scratch;
    q[0] = body.quaternion.x;
    q[1] = body.quaternion.y;
    q[2] = body.quaternion.z;
    q[3] = body.quaternion.w;
    const world = this.#world;
    const view = this.#view;
    const origin = this.#origin;
    quaternion.toMatrix(q, this.#body);
    multiply3(this.#body, item.rotation, world);
    multiplyTransposed3(this.#camera, world, view);
    // Vector from the optical centre to the mesh's origin, first in the world frame, then in the camera's.
    rotate3(this.#body, item.offset, origin);
    const dx = origin[0] + body.position.x - camera.position[0];
    const dy = origin[1] + body.position.y - camera.position[1];
    const dz = origin[2] + body.position.z - camera.position[2];
    const c = this.#camera;
    origin[0] = c[0] * dx + c[3] * dy + c[6] * dz;
    origin[1] = c[1] * dx + c[4] * dy + c[7] * dz;
    origin[2] = c[2] * dx + c[5] * dy + c[8] * dz;
    rotate3(view, item.centre, q);
    q[0] += origin[0];
    q[1] += origin[1];
    q[2] += origin[2];
    if (this.#isOutsideFrustum(item)) return;
    this.#colours[3 * part] = mesh.material.color.r * this.#light[0];
    this.#colours[3 * part + 1] = mesh.material.color.g * this.#light[1];
    this.#colours[3 * part + 2] = mesh.material.color.b * this.#light[2];
    this.#shade(item);
    if (q[2] - item.radius > NEAR_PLANE_M) this.#fillProjected(item, part);
    else clipAndFill(item.indices, this.#cameraVertices, this.#lens, this.#polygon, this.#samples, part);
  }

  /** True when the item's bounding sphere, with its centre in the scratch array, lies completely outside the frustum. */
  #isOutsideFrustum({ radius }: Drawable): boolean {
    const x = this.#scratch[0];
    const y = this.#scratch[1];
    const z = this.#scratch[2];
    const lens = this.#lens;
    return (
      z + radius < NEAR_PLANE_M ||
      Math.abs(x) - z * lens[3] > radius * lens[4] ||
      Math.abs(y) - z * lens[5] > radius * lens[6]
    );
  }

  /** Transforms the vertices to the camera's frame and computes the light that a white surface would reflect there. */
  #shade(item: Drawable): void {
    const { positions, normals } = item;
    const seen = this.#cameraVertices;
    const world = this.#world;
    const lamp = this.#lamp;
    const view = this.#view;
    const m0 = view[0];
    const m1 = view[1];
    const m2 = view[2];
    const m3 = view[3];
    const m4 = view[4];
    const m5 = view[5];
    const m6 = view[6];
    const m7 = view[7];
    const m8 = view[8];
    const lx = -(world[0] * lamp[0] + world[3] * lamp[1] + world[6] * lamp[2]);
    const ly = -(world[1] * lamp[0] + world[4] * lamp[1] + world[7] * lamp[2]);
    const lz = -(world[2] * lamp[0] + world[5] * lamp[1] + world[8] * lamp[2]);
    const level = lamp[3] * (1 - HEMISPHERE_RATIO / 2);
    const tilt = lamp[3] * (HEMISPHERE_RATIO / 2);
    const ux = world[6] * tilt;
    const uy = world[7] * tilt;
    const uz = world[8] * tilt;
    const ox = this.#origin[0];
    const oy = this.#origin[1];
    const oz = this.#origin[2];
    for (let i = 0, o = 0; i < positions.length; i += 3, o += VERTEX_SIZE) {
      const x = positions[i];
      const y = positions[i + 1];
      const z = positions[i + 2];
      seen[o] = m0 * x + m1 * y + m2 * z + ox;
      seen[o + 1] = m3 * x + m4 * y + m5 * z + oy;
      seen[o + 2] = m6 * x + m7 * y + m8 * z + oz;
      const nx = normals[i];
      const ny = normals[i + 1];
      const nz = normals[i + 2];
      const direct = lx * nx + ly * ny + lz * nz;
      seen[o + 3] = Math.max(direct, 0) + level + ux * nx + uy * ny + uz * nz;
    }
  }

  #fillProjected(item: Drawable, part: number): void {
    const { indices } = item;
    const seen = this.#cameraVertices;
    const projected = this.#projected;
    const focal = this.#lens[0];
    const cx = this.#lens[1];
    const cy = this.#lens[2];
    const end = (item.positions.length / 3) * VERTEX_SIZE;
    for (let o = 0; o < end; o += VERTEX_SIZE) {
      const nearness = 1 / seen[o + 2];
      projected[o] = cx + focal * seen[o] * nearness;
      projected[o + 1] = cy + focal * seen[o + 1] * nearness;
      projected[o + 2] = nearness;
      projected[o + 3] = seen[o + 3];
    }
    for (let i = 0; i < indices.length; i += 3) {
      const a = indices[i] * VERTEX_SIZE;
      const b = indices[i + 1] * VERTEX_SIZE;
      const c = indices[i + 2] * VERTEX_SIZE;
      const ax = projected[a];
      const ay = projected[a + 1];
      // A front face is counter-clockwise, which gives a negative area because y points down.
      const area = (projected[b] - ax) * (projected[c + 1] - ay) - (projected[c] - ax) * (projected[b + 1] - ay);
      if (area < 0) this.#samples.fill(projected, a, b, c, part);
    }
  }
}

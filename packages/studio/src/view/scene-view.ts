import { POSE_SIZE } from '@praxis/core';
import {
  Color,
  DirectionalLight,
  GridHelper,
  HemisphereLight,
  Mesh,
  type Object3D,
  ObjectLoader,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import type { SceneJson } from '../protocol/protocol.ts';
import { Redraw } from './redraw.ts';

/** False when the CPU draws WebGL; then the view saves computing time for physics and policy. */
function hasGpu(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2');
  const info = probe?.getExtension('WEBGL_debug_renderer_info');
  const name = probe && info ? String(probe.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  probe?.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|software|basic render/i.test(name);
}

/** Shortest time between two drawings by the CPU (ms). At the 60 Hz of a screen it would be busy with drawing alone. */
const SOFTWARE_DRAWING_GAP_MS = 50;

function lights(): Object3D[] {
  const key = new DirectionalLight(0xffffff, 2.4);
  key.position.set(0.6, -1.2, 2.2);
  key.target.position.set(0.4, 0, 0.2);
  key.castShadow = true;
  key.shadow.mapSize.set(1024, 1024);
  key.shadow.bias = -0.0005;
  key.shadow.normalBias = 0.01;
  Object.assign(key.shadow.camera, { left: -1.1, right: 1.1, top: 1.1, bottom: -1.1, near: 0.5, far: 5 });
  return [key, key.target, new HemisphereLight(0xdde8ff, 0x2a2f3a, 1.3)];
}

function floorGrid(): Object3D {
  const grid = new GridHelper(8, 32, 0x2b3a52, 0x1a2434);
  // The grid of three.js lies in the xz plane, but z is up here. The table top is z = 0, so the floor lies below it.
  grid.rotation.x = Math.PI / 2;
  grid.position.z = -0.4;
  return grid;
}

/** Draws the simulator's scene with WebGL, in the base frame (x forward, y left, z up), whenever something moves. */
export class SceneView {
  readonly #renderer: WebGLRenderer;
  readonly #pixelRatio: number;
  readonly #camera = new PerspectiveCamera(40, 1, 0.02, 30);
  readonly #world = new Scene();
  readonly #canvas: HTMLCanvasElement;
  readonly #redraw: Redraw;
  #content: Object3D | undefined;
  #bodies: (Object3D | undefined)[] = [];

  /** @throws {Error} when the browser has no WebGL 2. */
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    const fast = hasGpu();
    this.#redraw = new Redraw(fast ? 0 : SOFTWARE_DRAWING_GAP_MS, () => this.#draw());
    this.#renderer = new WebGLRenderer({ canvas, antialias: fast });
    this.#renderer.shadowMap.enabled = fast;
    this.#pixelRatio = fast ? Math.min(devicePixelRatio, 2) : 1;
    this.#renderer.shadowMap.type = PCFShadowMap;
    this.#world.background = new Color(0x0e141e);
    this.#world.add(...lights(), floorGrid());
    this.#camera.up.set(0, 0, 1);
    this.#camera.position.set(1.55, -1.05, 0.95);
    const orbit = new OrbitControls(this.#camera, canvas);
    orbit.target.set(0.35, 0, 0.22);
    orbit.minDistance = 0.3;
    orbit.maxDistance = 5;
    orbit.addEventListener('change', () => this.#redraw.request());
    orbit.update();
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#fit();
  }

  /**
   * Replaces the content of the scene.
   * @param bodies names of the groups that {@link setPoses} moves, in the order of its poses
   */
  load(json: SceneJson, bodies: readonly string[]): void {
    this.#disposeContent();
    const content = new ObjectLoader().parse(json as Parameters<ObjectLoader['parse']>[0]);
    content.traverse((part) => {
      if (!(part instanceof Mesh)) return;
      part.castShadow = true;
      part.receiveShadow = true;
    });
    this.#bodies = bodies.map((name) => content.getObjectByName(name));
    this.#content = content;
    this.#world.add(content);
    this.#redraw.request();
  }

  /** @param poses seven numbers for each body (m, quaternion xyzw, world frame), in the order of {@link load} */
  setPoses(poses: Float32Array): void {
    for (const [i, body] of this.#bodies.entries()) {
      const at = i * POSE_SIZE;
      body?.position.fromArray(poses, at);
      body?.quaternion.fromArray(poses, at + 3);
    }
    this.#redraw.request();
  }

  #draw(): void {
    this.#renderer.render(this.#world, this.#camera);
    this.#canvas.dataset.drawn = String(Number(this.#canvas.dataset.drawn ?? 0) + 1);
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#renderer.setPixelRatio(this.#pixelRatio);
    this.#renderer.setSize(clientWidth, clientHeight, false);
    this.#camera.aspect = clientWidth / clientHeight;
    this.#camera.updateProjectionMatrix();
    this.#redraw.request();
  }

  #disposeContent(): void {
    this.#content?.removeFromParent();
    this.#content?.traverse((part) => {
      if (!(part instanceof Mesh)) return;
      part.geometry.dispose();
      for (const material of [part.material].flat()) material.dispose();
    });
  }
}

import { POSE_SIZE } from '@praxis/core';
import { type CameraView, centredView, fittingDistance, type Vector } from '@praxis/sim/camera-fit';
import {
  Color,
  DirectionalLight,
  GridHelper,
  Group,
  HemisphereLight,
  Mesh,
  type Object3D,
  ObjectLoader,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import type { RobotDisplay, SceneJson } from '../protocol/protocol.ts';
import { Redraw } from './redraw.ts';
import { sceneMarks } from './scene-marks.ts';
import { onThemeChange, themeColour } from './theme.ts';
import { gateZoom } from './zoom-gate.ts';

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

/** Edge of the shadow map that a CPU draws. Shadows then add a third to the computing time of a drawing. */
const SOFTWARE_SHADOW_PIXELS = 512;

/** Direction from the work to the camera: behind the robot, over its right shoulder, so that its left is on the left. */
const VIEW_DIRECTION: Vector = [-0.8, -0.62, 1.15];
/** The first view of the Praxis arm. Middle of the picture, and corners of what it must show: table and arm (m, base frame). */
const VIEW_TARGET: Vector = [0.38, -0.05, 0.14];
const VIEW_CORNERS: readonly Vector[] = [
  ...[-0.12, 0.85].flatMap((x) => [-0.5, 0.5].map((y): Vector => [x, y, 0])),
  ...[-0.12, 0.3].map((x): Vector => [x, 0, 0.76]),
];
const FOV_Y_DEG = 36;
/** Share of the picture that the first view of another robot fills. */
const FILLED_SHARE = 0.94;

/** @param shadowPixels edge of the shadow map */
function lights(shadowPixels: number): Object3D[] {
  const key = new DirectionalLight(0xffffff, 2.2);
  key.position.set(-0.5, -1.1, 2.2);
  key.target.position.set(0.4, 0, 0.1);
  key.castShadow = true;
  key.shadow.mapSize.setScalar(shadowPixels);
  key.shadow.bias = -0.0005;
  key.shadow.normalBias = 0.01;
  Object.assign(key.shadow.camera, { left: -0.9, right: 0.9, top: 0.9, bottom: -0.9, near: 0.5, far: 4 });
  return [key, key.target, new HemisphereLight(0xf2f6ff, 0x6a7280, 1.5)];
}

/** The floor below the table, in the colours of the theme. */
function floorGrid(): GridHelper {
  const grid = new GridHelper(8, 32, themeColour('--floor'), themeColour('--floor'));
  // The grid of three.js lies in the xz plane, but z is up here. The table top is z = 0, so the floor lies below it.
  grid.rotation.x = Math.PI / 2;
  grid.position.z = -0.4;
  return grid;
}

/** Parts of the page that belong to the view. */
export interface SceneElements {
  readonly canvas: HTMLCanvasElement;
  /** Says how to zoom. */
  readonly hint: HTMLElement;
  /** Brings the first view back; shown once the user has moved the camera. */
  readonly resetView: HTMLButtonElement;
}

/** Draws the simulator's scene with WebGL, in the base frame (x forward, y left, z up), whenever something moves. */
export class SceneView {
  readonly #renderer: WebGLRenderer;
  readonly #pixelRatio: number;
  readonly #camera = new PerspectiveCamera(FOV_Y_DEG, 1, 0.02, 30);
  readonly #world = new Scene();
  readonly #canvas: HTMLCanvasElement;
  readonly #resetView: HTMLButtonElement;
  readonly #redraw: Redraw;
  readonly #orbit: OrbitControls;
  /** Lights, which go with the robot. */
  readonly #lights = new Group();
  /** Points that the first view shows (m); undefined for that of the Praxis arm. */
  #points: readonly Vector[] | undefined;
  /** Body that the camera goes with. */
  #followed: string | undefined;
  /** Where it was at first, and its distance from there (m). */
  #start: Vector3 | undefined;
  readonly #travel = new Vector3();
  #marks: Object3D = sceneMarks('table');
  #floor: GridHelper | undefined;
  #content: Object3D | undefined;
  #bodies: (Object3D | undefined)[] = [];

  /** @throws {Error} when the browser has no WebGL 2. */
  constructor({ canvas, hint, resetView }: SceneElements) {
    this.#canvas = canvas;
    this.#resetView = resetView;
    const fast = hasGpu();
    this.#redraw = new Redraw(fast ? 0 : SOFTWARE_DRAWING_GAP_MS, () => this.#draw());
    this.#renderer = new WebGLRenderer({ canvas, antialias: fast });
    this.#renderer.shadowMap.enabled = true;
    this.#pixelRatio = Math.min(devicePixelRatio, fast ? 2 : 1);
    this.#renderer.shadowMap.type = PCFShadowMap;
    this.#lights.add(...lights(fast ? 2048 : SOFTWARE_SHADOW_PIXELS));
    this.#world.add(this.#lights, this.#marks);
    this.#camera.up.set(0, 0, 1);
    gateZoom(canvas, hint);
    this.#orbit = new OrbitControls(this.#camera, canvas);
    // A finger that moves up or down scrolls the page; sideways, and with a second finger, it moves the camera.
    canvas.style.touchAction = 'pan-y';
    this.#orbit.minDistance = 0.3;
    this.#orbit.maxDistance = 5;
    this.#orbit.addEventListener('change', () => this.#redraw.request());
    this.#orbit.addEventListener('start', () => {
      resetView.hidden = false;
    });
    resetView.onclick = () => this.#lookFromRobot();
    onThemeChange(() => this.#recolour());
    this.#recolour();
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#fit();
  }

  /** Fits the first view and the marks to another robot than the Praxis arm. */
  set robot({ view, ground, follow }: Pick<RobotDisplay, 'view' | 'ground' | 'follow'>) {
    this.#points = view;
    this.#followed = follow;
    this.#marks.removeFromParent();
    this.#marks = sceneMarks(ground);
    this.#world.add(this.#marks);
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
    this.#start = undefined;
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
      if (body && body.name === this.#followed) this.#follow(body.position);
    }
    this.#redraw.request();
  }

  /** Moves camera and lights with the robot. @param position of the body that they go with (m) */
  #follow(position: Vector3): void {
    this.#start ??= position.clone();
    const step = position.clone().sub(this.#start).setZ(0).sub(this.#travel);
    this.#travel.add(step);
    this.#camera.position.add(step);
    this.#orbit.target.add(step);
    this.#lights.position.copy(this.#travel);
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
    if (this.#resetView.hidden) this.#lookFromRobot();
    this.#redraw.request();
  }

  /** Looks along the robot's own view, from as near as the robot and the place where it works allow. */
  #lookFromRobot(): void {
    this.#resetView.hidden = true;
    const { position, target } = this.#firstView();
    this.#camera.position.set(...position).add(this.#travel);
    this.#orbit.target.set(...target).add(this.#travel);
    const distance = this.#camera.position.distanceTo(this.#orbit.target);
    this.#orbit.minDistance = Math.min(0.3, distance / 5);
    this.#orbit.maxDistance = Math.max(5, 2 * distance);
    this.#orbit.update();
  }

  #firstView(): CameraView {
    const { aspect, fov } = this.#camera;
    const fovY = (fov * Math.PI) / 180;
    if (this.#points) {
      const filled = 2 * Math.atan(FILLED_SHARE * Math.tan(fovY / 2));
      return centredView({ points: this.#points, direction: VIEW_DIRECTION, fovY: filled, aspect });
    }
    const view = { points: VIEW_CORNERS, target: VIEW_TARGET, direction: VIEW_DIRECTION, fovY, aspect };
    const { x, y, z } = new Vector3(...VIEW_DIRECTION)
      .setLength(fittingDistance(view))
      .add(new Vector3(...VIEW_TARGET));
    return { position: [x, y, z], target: VIEW_TARGET };
  }

  #recolour(): void {
    this.#world.background = new Color(themeColour('--sky'));
    this.#floor?.removeFromParent();
    this.#floor?.dispose();
    this.#floor = floorGrid();
    this.#world.add(this.#floor);
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

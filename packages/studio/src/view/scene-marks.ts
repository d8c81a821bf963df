import {
  BufferGeometry,
  CanvasTexture,
  DoubleSide,
  Float32BufferAttribute,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  PlaneGeometry,
  SRGBColorSpace,
} from 'three';

/** What the marks lie on: the part with squares (m, base frame), and the edge of a square (m). */
const GROUNDS = {
  table: { x: [0.05, 0.95], y: [-0.6, 0.6], square: 0.1 },
  floor: { x: [-5, 5], y: [-5, 5], square: 0.5 },
} as const;
/** Heights of the marks above the table top (m), so that they do not flicker with it or with each other. */
const GRID_Z_M = 0.0008;
const TEXT_Z_M = 0.0012;
const AXIS_Z_M = 0.0016;

/** Reach of the axes from the base (m), and where the foot of the arm ends. */
const AXIS = { from: 0.1, to: 0.3, width: 0.012, head: 0.04 } as const;
const AXIS_COLOURS = { x: 0xc62828, y: 0x1b8a3e } as const;

/** Height of a line of text (m) and pixels for it. */
const TEXT_HEIGHT_M = 0.06;
const TEXT_HEIGHT_PX = 64;

/** A text flat on the table, readable from behind the robot. @param at middle of the text (m) */
function label(text: string, [x, y]: readonly [number, number], colour: string): Object3D {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const font = `600 ${TEXT_HEIGHT_PX * 0.72}px system-ui, sans-serif`;
  context.font = font;
  canvas.width = Math.ceil(context.measureText(text).width) + 8;
  canvas.height = TEXT_HEIGHT_PX;
  context.font = font;
  context.fillStyle = colour;
  context.textBaseline = 'middle';
  context.fillText(text, 4, TEXT_HEIGHT_PX / 2);
  const map = new CanvasTexture(canvas);
  map.colorSpace = SRGBColorSpace;
  map.anisotropy = 4;
  const width = (TEXT_HEIGHT_M * canvas.width) / canvas.height;
  const mesh = new Mesh(
    new PlaneGeometry(width, TEXT_HEIGHT_M),
    new MeshBasicMaterial({ map, transparent: true, depthWrite: false }),
  );
  mesh.rotation.z = -Math.PI / 2;
  mesh.position.set(x, y, TEXT_Z_M);
  return mesh;
}

/** Lines of squares on the ground, from the base. */
function squares({ x, y, square }: (typeof GROUNDS)[keyof typeof GROUNDS]): Object3D {
  const points: number[] = [];
  for (let k = Math.ceil(x[0] / square); k * square < x[1]; k++) points.push(k * square, y[0], 0, k * square, y[1], 0);
  for (let k = Math.ceil(y[0] / square) + 1; k * square < y[1] - 1e-9; k++)
    points.push(x[0], k * square, 0, x[1], k * square, 0);
  const lines = new LineSegments(
    new BufferGeometry().setAttribute('position', new Float32BufferAttribute(points, 3)),
    new LineBasicMaterial({ color: 0x000000, transparent: true, opacity: 0.1, depthWrite: false }),
  );
  lines.position.z = GRID_Z_M;
  return lines;
}

/** A flat arrow along x. */
function arrow(colour: number): Mesh {
  const { from, to, width, head } = AXIS;
  const [half, neck] = [width / 2, to - head];
  const outline = [from, -half, neck, -half, neck, half, from, -half, neck, half, from, half];
  const tip = [neck, -1.4 * width, to, 0, neck, 1.4 * width];
  const corners = [...outline, ...tip].flatMap((value, i) => (i % 2 === 0 ? [value] : [value, 0]));
  const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(corners, 3));
  return new Mesh(geometry, new MeshBasicMaterial({ color: colour, side: DoubleSide }));
}

/**
 * Marks on the ground, in the base frame: squares of 10 cm on a table and of 50 cm on a floor, the x and y axes from the base, and on a
 * table the robot's left and right. They are part of the page's view only: the policy's cameras do not see them.
 */
export function sceneMarks(ground: keyof typeof GROUNDS): Object3D {
  const x = arrow(AXIS_COLOURS.x);
  const y = arrow(AXIS_COLOURS.y);
  y.rotation.z = Math.PI / 2;
  for (const axis of [x, y]) axis.position.z = AXIS_Z_M;
  const dark = '#000000a0';
  return new Group().add(
    squares(GROUNDS[ground]),
    x,
    y,
    label('x', [AXIS.to + 0.03, 0], '#c62828'),
    label('y', [0.03, AXIS.to + 0.03], '#1b8a3e'),
    ...(ground === 'table' ? [label('left', [0.12, 0.52], dark), label('right', [0.12, -0.51], dark)] : []),
  );
}

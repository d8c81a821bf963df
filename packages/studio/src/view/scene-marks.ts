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

/** The table top that the marks lie on (m, base frame). */
const TABLE = { x: [0.05, 0.95], y: [-0.6, 0.6] } as const;
/** Edge of a square of the grid on the table (m). */
const SQUARE_M = 0.1;
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

/** Lines of 10 cm squares on the table, from the base. */
function squares(): Object3D {
  const { x, y } = TABLE;
  const points: number[] = [];
  for (let k = 1; k * SQUARE_M < x[1]; k++) points.push(k * SQUARE_M, y[0], 0, k * SQUARE_M, y[1], 0);
  for (let k = Math.ceil(y[0] / SQUARE_M) + 1; k * SQUARE_M < y[1] - 1e-9; k++)
    points.push(x[0], k * SQUARE_M, 0, x[1], k * SQUARE_M, 0);
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
 * Marks on the table, in the base frame: squares of 10 cm, the x and y axes from the base, and the robot's left and right. They
 * are part of the page's view only: the policy's cameras do not see them.
 */
export function sceneMarks(): Object3D {
  const x = arrow(AXIS_COLOURS.x);
  const y = arrow(AXIS_COLOURS.y);
  y.rotation.z = Math.PI / 2;
  for (const axis of [x, y]) axis.position.z = AXIS_Z_M;
  const dark = '#000000a0';
  return new Group().add(
    squares(),
    x,
    y,
    label('x', [AXIS.to + 0.03, 0], '#c62828'),
    label('y', [0.03, AXIS.to + 0.03], '#1b8a3e'),
    label('left', [0.12, 0.52], dark),
    label('right', [0.12, -0.51], dark),
  );
}

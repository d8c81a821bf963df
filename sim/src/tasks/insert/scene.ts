import type { Random } from '@praxis/core';
import type { ContactStiffness } from '../../mjcf/scene-object.ts';
import { type PartShape, type ScenePart, supportSpring } from '../../mjcf/scene-part.ts';
import { layoutX, layoutY, type TaskArea } from '../area.ts';
import { COLOUR_NAMES, type Colour, drawRgba } from '../blocks.ts';
import type { HeldObject } from '../task.ts';

/** Width of the square peg, and how much wider its hole is on each side (m). */
export const PEG_WIDTH_M = 0.016;
export const CLEARANCE_M = 0.0005;
const HOLE_WIDTH_M = PEG_WIDTH_M + 2 * CLEARANCE_M;
/** Largest distance of a hole in x and in y from the middle of its socket, where it seems to be (m). */
export const HOLE_OFFSET_M = 0.003;
/** Length of a side of a socket, its height, and the depth of its hole (m). */
const SOCKET_WIDTH_M = 0.056;
export const SOCKET_HEIGHT_M = 0.022;
export const DEPTH_M = 0.02;
/** Length of the peg above the tool frame (m). */
const PEG_ABOVE_M = 0.012;
/** The peg reaches below the tool frame by this much more than the least height of the tool (m): the fingers stay clear of the socket. */
const PEG_BEYOND_M = 0.019;
/** Mass of the peg (kg). */
export const PEG_MASS_KG = 0.06;
const FRICTION = 0.3;
/** Steel on steel: with softer surfaces the peg would catch on the seams of the boxes that a socket is made of. */
const HARD: ContactStiffness = { solref: [0.008, 1], solimp: [0.99, 0.999, 0.0005] };
/** A socket stands on a sprung plate (N/m, N s/m, m). */
const SPRING_N_M = 8000;
const SPRING_DAMPING_NS_M = 120;
const SPRING_TRAVEL_M = 0.004;
const SOCKET_MASS_KG = 0.4;
/** The visible surface lies over the walls by this much (m). */
const COVER_M = 0.0002;
const HOLE_RGBA = [0.02, 0.02, 0.02, 1] as const;
const PEG_RGBA = [0.55, 0.55, 0.58, 1] as const;

/** A socket on the table. */
export interface Socket {
  /** Name of its part. */
  readonly name: string;
  readonly colour: Colour;
  /** Middle of its upper side (m, scene): where the hole seems to be. */
  readonly middle: readonly [x: number, y: number];
  /** Middle of the hole (m, scene). */
  readonly hole: readonly [x: number, y: number];
}

/** Scene of one instance. */
export interface InsertScene {
  readonly sockets: readonly [Socket, Socket];
  readonly parts: readonly ScenePart[];
  readonly held: HeldObject;
  /** Length of the peg (m). */
  readonly pegLength: number;
  /** Distance of the peg's tip from the tool frame (m), but for the error of the grip. */
  readonly reach: number;
}

function drawSocket(random: Random, name: string, colour: Colour, side: number, area: TaskArea): Socket {
  const x = layoutX(area, random.uniform(0.4, 0.54));
  const y = layoutY(area, side * random.uniform(0.05, 0.13));
  const offset = () => random.uniform(-HOLE_OFFSET_M, HOLE_OFFSET_M);
  return { name, colour, middle: [x, y], hole: [x + offset(), y + offset()] };
}

/** Walls about the hole and its floor. A cover hides them, with the hole drawn in its middle. */
function socketPart({ name, middle, hole }: Socket, rgba: PartShape['rgba']): ScenePart {
  const half = SOCKET_WIDTH_M / 2;
  const [hx, hy] = [hole[0] - middle[0], hole[1] - middle[1]];
  const open = HOLE_WIDTH_M / 2;
  type Extent = readonly [number, number];
  const wall = (x: Extent, y: Extent, top: number): PartShape => ({
    geometry: { type: 'box', size: [x[1] - x[0], y[1] - y[0], top] },
    pose: [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2, top / 2, 0, 0, 0, 1],
    rgba,
    friction: FRICTION,
    contact: HARD,
  });
  const seen = (width: number, height: number, colour: PartShape['rgba']): PartShape => ({
    geometry: { type: 'box', size: [width, width, height] },
    pose: [0, 0, height / 2, 0, 0, 0, 1],
    rgba: colour,
    collides: false,
  });
  const across: Extent = [hx - open, hx + open];
  return {
    name,
    pose: [...middle, 0, 0, 0, 0, 1],
    motion: {
      axis: [0, 0, 1],
      range: [-SPRING_TRAVEL_M, SPRING_TRAVEL_M],
      damping: SPRING_DAMPING_NS_M,
      spring: supportSpring(SPRING_N_M, SOCKET_MASS_KG),
    },
    mass: SOCKET_MASS_KG,
    passes: ['table'],
    shapes: [
      wall([-half, hx - open], [-half, half], SOCKET_HEIGHT_M),
      wall([hx + open, half], [-half, half], SOCKET_HEIGHT_M),
      wall(across, [-half, hy - open], SOCKET_HEIGHT_M),
      wall(across, [hy + open, half], SOCKET_HEIGHT_M),
      wall(across, [hy - open, hy + open], SOCKET_HEIGHT_M - DEPTH_M),
      seen(SOCKET_WIDTH_M + 2 * COVER_M, SOCKET_HEIGHT_M + COVER_M, rgba),
      seen(HOLE_WIDTH_M, SOCKET_HEIGHT_M + 2 * COVER_M, HOLE_RGBA),
    ],
  };
}

/** Draws two sockets of different colours and the pose of the peg in the hand. */
export function drawInsert(random: Random, area: TaskArea): InsertScene {
  const [first, second] = random.shuffle([...COLOUR_NAMES]);
  const sockets = [
    drawSocket(random, 'socket0', first, 1, area),
    drawSocket(random, 'socket1', second, -1, area),
  ] as const;
  const reach = area.minimumHeight + PEG_BEYOND_M;
  const pegLength = reach + PEG_ABOVE_M;
  const spread = (limit: number) => random.uniform(-limit, limit);
  const [qx, qy, qz] = [spread(0.004), spread(0.004), spread(0.004)];
  const held: HeldObject = {
    object: 'peg',
    pose: [
      spread(0.0005),
      0,
      reach - pegLength / 2 + spread(0.001),
      qx,
      qy,
      qz,
      Math.sqrt(1 - qx * qx - qy * qy - qz * qz),
    ],
    width: PEG_WIDTH_M,
  };
  const peg: ScenePart = {
    name: 'peg',
    pose: [0.45, 0, 0.3, 0, 0, 0, 1],
    motion: 'free',
    mass: PEG_MASS_KG,
    shapes: [
      {
        geometry: { type: 'box', size: [PEG_WIDTH_M, PEG_WIDTH_M, pegLength] },
        rgba: PEG_RGBA,
        friction: FRICTION,
        contact: HARD,
      },
    ],
  };
  const parts = [peg, ...sockets.map((each) => socketPart(each, drawRgba(random, each.colour)))];
  return { sockets, parts, held, pegLength, reach };
}

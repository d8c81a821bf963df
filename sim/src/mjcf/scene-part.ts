import { InputError } from '@praxis/core';
import type { BodyVisuals, PoseTuple } from '../render/types.ts';
import { element, type MjcfAttributes, type MjcfElement } from './element.ts';
import { type ContactStiffness, geometryAttributes, type ShapeGeometry } from './scene-object.ts';

/** One shape of a {@link ScenePart}. */
export interface PartShape {
  /** Shape for rendering, and for collisions unless {@link collides} is false (m). */
  readonly geometry: ShapeGeometry;
  /** Pose of the shape in the part's frame. Default: at its origin. */
  readonly pose?: PoseTuple;
  /** Linear colour and opacity, each 0..1. */
  readonly rgba: readonly [number, number, number, number];
  /** Sliding friction coefficient. Default 0.8, that of the table. */
  readonly friction?: number;
  /** How the surface yields. Default: that of every object. */
  readonly contact?: ContactStiffness;
  /** False for a shape that is only seen. Default true. */
  readonly collides?: boolean;
}

/** The joint of a part that slides along one axis. Its position is 0 where the part's pose says. */
export interface PartSlide {
  /** Unit vector along which positions count (part's frame). */
  readonly axis: readonly [number, number, number];
  /** Least and largest position (m). */
  readonly range: readonly [lower: number, upper: number];
  /** Viscous damping (N s/m), at least 0. */
  readonly damping: number;
  /** Dry friction (N), at least 0. Default 0. */
  readonly friction?: number;
  /** A linear spring: stiffness (N/m), and the position at which it is at rest (m). Default: none. */
  readonly spring?: { readonly stiffness: number; readonly rest: number };
  /** Inertia of the mechanism behind the part, without weight (kg). Default 0. */
  readonly armature?: number;
}

/** A part of a scene that has several shapes, is fixed, slides or is free: a socket, a cabinet, a button, a drawer. */
export interface ScenePart {
  /** Name of its body and of its joint in the simulator. */
  readonly name: string;
  /** Pose at the start, in the frame of the scene. */
  readonly pose: PoseTuple;
  readonly shapes: readonly PartShape[];
  /** How it moves: not at all, along one axis, or as a free body. */
  readonly motion: 'fixed' | 'free' | PartSlide;
  /** Mass (kg) of a part that moves, spread over its shapes by volume. */
  readonly mass?: number;
  /** Names of parts and objects that it never touches, such as the housing around it. */
  readonly passes?: readonly string[];
}

const GRAVITY_M_S2 = 9.81;

/** A spring on which a part stands that slides upwards: it bears the part's weight at position 0. @param stiffness (N/m) @param mass (kg) */
export const supportSpring = (stiffness: number, mass: number): NonNullable<PartSlide['spring']> => ({
  stiffness,
  rest: (mass * GRAVITY_M_S2) / stiffness,
});

const IDENTITY: PoseTuple = [0, 0, 0, 0, 0, 0, 1];
const DEFAULT_FRICTION = 0.8;
/** Constraints as hard as the time step allows, so that no spring pushes a light part past its end, and dry friction does not creep. */
const HARD = { reference: [0.004, 1], impedance: [0.99, 0.999, 0.0001] } as const;

function volume({ geometry: g }: PartShape): number {
  if (g.type === 'box') return g.size[0] * g.size[1] * g.size[2];
  if (g.type === 'cylinder') return Math.PI * g.radius * g.radius * g.length;
  return (4 / 3) * Math.PI * g.radius ** 3;
}

function shapeElement(shape: PartShape, mass: number | undefined): MjcfElement {
  const [x, y, z, qx, qy, qz, qw] = shape.pose ?? IDENTITY;
  return element({
    ...geometryAttributes(shape.geometry),
    pos: [x, y, z],
    quat: [qw, qx, qy, qz],
    friction: [shape.friction ?? DEFAULT_FRICTION, 0.01, 0.0002],
    ...shape.contact,
    mass,
  });
}

function jointAttributes(name: string, slide: PartSlide): MjcfAttributes {
  const { axis, range, damping, friction, spring, armature } = slide;
  return {
    ...{ name, type: 'slide', axis, range, damping, armature },
    ...{ solreflimit: HARD.reference, solimplimit: HARD.impedance },
    ...{ frictionloss: friction, solreffriction: HARD.reference, solimpfriction: HARD.impedance },
    stiffness: spring?.stiffness,
    springref: spring?.rest,
  };
}

/**
 * Makes the body of a part.
 * @throws {InputError} for a part that moves and has no mass or no shape that collides
 */
export function partElement({ name, pose, shapes, motion, mass = 0 }: ScenePart): MjcfElement {
  const solid = shapes.filter(({ collides = true }) => collides);
  const moves = motion !== 'fixed';
  const whole = solid.reduce((sum, shape) => sum + volume(shape), 0);
  if (moves && !(mass > 0)) throw new InputError(`part ${name}: it moves and has ${mass} kg, expected more than 0`);
  if (moves && whole === 0) throw new InputError(`part ${name}: it moves and has no shape that collides`);
  const [x, y, z, qx, qy, qz, qw] = pose;
  const slide = typeof motion === 'object' ? [element(jointAttributes(name, motion))] : [];
  return element(
    { name, pos: [x, y, z], quat: [qw, qx, qy, qz] },
    {
      freejoint: motion === 'free' ? [element({ name })] : [],
      joint: slide,
      geom: solid.map((shape) => shapeElement(shape, moves ? (mass * volume(shape)) / whole : undefined)),
    },
  );
}

/** Pairs of bodies that never touch each other. */
export const partExclusions = (parts: readonly ScenePart[]): MjcfElement[] =>
  parts.flatMap(({ name, passes = [] }) => passes.map((other) => element({ body1: name, body2: other })));

/** Returns the visuals of a part. */
export const partVisuals = ({ name, shapes }: ScenePart): BodyVisuals => ({
  body: name,
  visuals: shapes.map(({ geometry, pose = IDENTITY, rgba }) => ({ geometry, pose, rgba })),
});

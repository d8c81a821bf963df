import { type Observation, type ObservationInput, quaternion, type StreamValue } from '@praxis/core';
import type { Sighting } from '@praxis/planner';
import type { OnnxPolicy } from '@praxis/policy';
import type { RobotSetup } from '@praxis/sim';
import type { SceneView } from './draw-view.ts';

/** Words of the things that the shipped tasks have. */
const COLOURS = ['red', 'green', 'blue', 'yellow', 'purple', 'orange'] as const;
const SHAPES = ['cube', 'cylinder', 'brick'] as const;
const PHRASES: readonly (readonly [string, string])[] = [
  ...COLOURS.flatMap((colour) => SHAPES.map((shape) => [colour, shape] as const)),
  ['brown', 'box'],
];

/**
 * What the grounding of a policy finds for each phrase that names a thing: one place a camera and a phrase, with its confidence. The
 * cameras' tokens are computed once.
 */
export async function groundingSightings(
  policy: OnnxPolicy,
  setup: RobotSetup,
  view: SceneView,
): Promise<readonly Sighting[]> {
  policy.reset();
  const sightings: Sighting[] = [];
  for (const [i, [colour, shape]] of PHRASES.entries()) {
    const text = shape === 'box' ? 'take the box' : `pick up the ${colour} ${shape}`;
    const { grounding } = await policy.infer(observationOf(policy, setup, view, text, i));
    for (const [camera, { x, y, confidence }] of Object.entries(grounding ?? {})) {
      sightings.push({ camera, x, y, confidence, words: [certain(colour), certain(shape)] });
    }
  }
  return sightings;
}

const certain = (word: string): Readonly<Record<string, number>> => ({ [word]: 1 });

function observationOf(
  { spec }: OnnxPolicy,
  { kinematics, joints: names }: RobotSetup,
  { pictures, joints }: SceneView,
  text: string,
  stamp: number,
): Observation {
  const pose = new Float64Array(7);
  kinematics.forward(
    Float64Array.from(names, (name) => joints[name]),
    pose,
  );
  const turn = new Float64Array(3);
  quaternion.toRotationVector(pose.subarray(3), turn);
  const width = (joints.finger_joint1 ?? 0) + (joints.finger_joint2 ?? 0);
  const state = Float64Array.of(...pose.subarray(0, 3), ...turn, width, 0);
  const sampleOf = (stream: string): StreamValue => {
    if (stream === 'instruction') return text;
    if (stream === 'ee_state') return state;
    return stream.startsWith('images.') ? pictures[stream.slice('images.'.length)] : new Float64Array(6);
  };
  const inputs = spec.inputs.map((input): [string, ObservationInput] => {
    const samples = Array.from({ length: input.window }, () => sampleOf(input.name));
    // Only the instruction is new, so that the encoders of the cameras run once.
    return [
      input.name,
      { spec: input, present: true, age: 0, stamp: input.name === 'instruction' ? stamp : 0, samples },
    ];
  });
  return { stamp, inputs: new Map(inputs) };
}

import { poseInFrame } from '@praxis/core';
import { expect, it } from 'vitest';
import { KinematicTree } from '../../kinematics/tree.ts';
import { parseUrdf } from '../../urdf/parse.ts';
import { readLinkShapes } from '../analysis/link-shapes.ts';
import { withFrames } from '../frames.ts';
import { MeshFiles } from '../robot-folder.ts';
import { draftRobot } from './draft.ts';

const NAMES = ['j1', 'j2', 'j3', 'j4', 'j5'];
/** An arm of five joints, whose last one turns the hand about the hand's z. */
const ARM = NAMES.map(
  (
    name,
    i,
  ) => `<link name="l${i}"/><joint name="${name}" type="revolute"><parent link="${i === 0 ? 'base' : `l${i - 1}`}"/>
    <child link="l${i}"/><origin xyz="0 0 0.15"/><axis xyz="${i === 0 || i === 4 ? '0 0 1' : '0 1 0'}"/>
    <limit lower="-2" upper="2" effort="9" velocity="2"/></joint>`,
).join('');
const box = (xyz: string, size: string) =>
  `<collision><origin xyz="${xyz}"/><geometry><box size="${size}"/></geometry></collision>`;
const fixed = (parent: string, child: string, xyz: string, rpy = '0 0 0') =>
  `<joint name="to_${child}" type="fixed"><parent link="${parent}"/><child link="${child}"/><origin xyz="${xyz}" rpy="${rpy}"/></joint>`;
const turning = (name: string, parent: string, child: string, xyz: string, more = '') =>
  `<joint name="${name}" type="revolute"><parent link="${parent}"/><child link="${child}"/><origin xyz="${xyz}"/>
   <axis xyz="1 0 0"/><limit lower="-1" upper="1.2" effort="3" velocity="3"/>${more}</joint>`;

async function draft(hand: string) {
  const model = parseUrdf(`<robot name="r"><link name="base"/>${ARM}${hand}</robot>`);
  const shapes = await readLinkShapes(model, new MeshFiles(async () => undefined, '.'));
  const { definition, guesses } = draftRobot(model, 'r.urdf', shapes);
  const [arm] = Object.values(definition.arms);
  return { arm, frames: definition.frames, guesses, tree: new KinematicTree(withFrames(model, definition.frames)) };
}

/** A finger at y = -2 cm of 1 cm thickness, and a jaw of 8 cm that turns about x against it. */
const JAW = `<link name="palm">${box('0 -0.025 0.05', '0.02 0.01 0.1')}</link><link name="frame"/><link name="jaw">${box(
  '0 0.005 0.04',
  '0.02 0.01 0.08',
)}</link>${fixed('l4', 'palm', '0 0 0')}${fixed('palm', 'frame', '0 -0.02 0.1')}${turning('jaw_joint', 'palm', 'jaw', '0 0.02 0.02')}`;

it('one jaw: the tool lies between it and the fixed finger, not on the finger as the frame of the description', async () => {
  const { arm, frames, tree, guesses } = await draft(JAW);
  expect(arm.tool).toBe('grasp');
  expect(guesses.find(({ key }) => key === 'arms.arm.tool')?.reason).toContain('frame is elsewhere or turned');
  expect(Object.keys(frames)).toEqual(['grasp', 'fingertip1', 'fingertip2']);
  const tool = poseInFrame(tree.pose('palm'), tree.pose('grasp'));
  // 5 mm inside the ends of the fingers, 16 mm or a little more beside the fixed one; the z axis points out of the hand.
  expect(tool[0]).toBeCloseTo(0, 4);
  expect(tool[1]).toBeGreaterThan(-0.0045);
  expect(tool[1]).toBeLessThan(-0.002);
  expect(tool[2]).toBeGreaterThan(0.085);
  expect(tool[2]).toBeLessThan(0.096);
  expect(Math.abs(tool[5] ** 2 + tool[6] ** 2)).toBeCloseTo(1, 9);
  const { gripper } = arm;
  expect(gripper?.fingertips).toEqual(['fingertip1', 'fingertip2']);
  // The jaw touches where its inner edge has turned by asin(4 cm / 8 cm), nearly; it opens to its limit.
  expect(gripper?.closed.jaw_joint).toBeGreaterThan(0.45);
  expect(gripper?.closed.jaw_joint).toBeLessThan(0.6);
  expect(gripper?.open).toEqual({ jaw_joint: -1 });
  expect(gripper?.width[0]).toBeLessThan(0.004);
  expect(gripper?.width[1]).toBeGreaterThan(0.1);
});

/** Two fingers of 8 cm that turn against each other from 4 cm apart. */
const PINCH = `<link name="palm"/><link name="left">${box('0 0.005 0.04', '0.02 0.01 0.08')}</link><link name="right">${box(
  '0 -0.005 0.04',
  '0.02 0.01 0.08',
)}</link>${fixed('l4', 'palm', '0 0 0')}${turning('left_finger', 'palm', 'left', '0 0.02 0.02')}${turning(
  'right_finger',
  'palm',
  'right',
  '0 -0.02 0.02',
  '<mimic joint="left_finger" multiplier="-1"/>',
)}`;

it('two fingers that turn: the width is the distance of their surfaces, and the tool lies in the middle', async () => {
  const { arm, tree } = await draft(PINCH);
  const tool = poseInFrame(tree.pose('palm'), tree.pose('grasp'));
  expect([tool[0], tool[1]].map((value) => Math.round(1e4 * value) + 0)).toEqual([0, 0]);
  const { closed, open, width, fingertips } = arm.gripper!;
  expect(open).toEqual({ left_finger: -1 });
  const apart = (joints: Readonly<Record<string, number>>) => {
    const [a, b] = fingertips!.map((link) => tree.pose(link, joints));
    return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  };
  expect(width[0]).toBeCloseTo(apart(closed), 3);
  expect(width[1]).toBeCloseTo(apart(open), 3);
  // The inner edges of fingers that end at 8 cm meet at asin(2 / 8).
  expect(closed.left_finger).toBeGreaterThan(0.22);
  expect(closed.left_finger).toBeLessThan(0.27);
});

it('a tool frame that lies between the fingers and points out of the hand stays', async () => {
  const { arm, frames } = await draft(`${PINCH}<link name="hand_tcp"/>${fixed('palm', 'hand_tcp', '0 0 0.09')}`);
  expect(arm.tool).toBe('hand_tcp');
  expect(Object.keys(frames)).toEqual(['fingertip1', 'fingertip2']);
  const turned = await draft(`${PINCH}<link name="hand_tcp"/>${fixed('palm', 'hand_tcp', '0 0 0.09', '0 1.57 0')}`);
  expect(turned.arm.tool).toBe('grasp');
});

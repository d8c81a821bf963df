import type { Skill } from '../skill.ts';
import { close_gripper, open_gripper } from './gripper.ts';
import { home, move, move_to, rotate } from './motions.ts';
import { pick } from './pick.ts';
import { place } from './place.ts';
import { put_down } from './put-down.ts';
import { look, wait, wait_for_contact } from './sensing.ts';
import { sort } from './sort.ts';
import { ask, say } from './talking.ts';
import { weigh } from './weigh.ts';

/** The skills that come with Praxis. A configuration registers them like a user's own. */
export const SHIPPED_SKILLS: readonly Skill[] = [
  pick,
  place,
  put_down,
  weigh,
  sort,
  move,
  move_to,
  rotate,
  open_gripper,
  close_gripper,
  home,
  look,
  wait_for_contact,
  wait,
  say,
  ask,
];

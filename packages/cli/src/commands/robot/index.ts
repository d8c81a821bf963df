import type { Command } from '@commander-js/extra-typings';
import { addRobotCheck } from './check.ts';
import { addRobotInit } from './init.ts';
import { addRobotShow } from './show.ts';

export function addRobot(praxis: Command): void {
  const robot: Command = praxis.command('robot').description('describe a robot of your own as a folder, and check it');
  for (const add of [addRobotInit, addRobotCheck, addRobotShow]) add(robot);
}

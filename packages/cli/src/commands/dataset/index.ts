import type { Command } from '@commander-js/extra-typings';
import { addCheck } from './check.ts';
import { addEdit } from './edit.ts';
import { addReplay } from './replay.ts';

export function addDataset(praxis: Command): void {
  const dataset = praxis.command('dataset').description('check, edit, convert and replay LeRobotDatasets');
  addCheck(dataset);
  addEdit(dataset);
  addReplay(dataset);
}

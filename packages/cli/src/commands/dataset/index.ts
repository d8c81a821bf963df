import type { Command } from '@commander-js/extra-typings';
import { addCheck } from './check.ts';
import { addEdit } from './edit.ts';

export function addDataset(praxis: Command): void {
  const dataset = praxis.command('dataset').description('check, edit and convert LeRobotDatasets');
  addCheck(dataset);
  addEdit(dataset);
}

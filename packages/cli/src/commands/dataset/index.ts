import type { Command } from '@commander-js/extra-typings';
import { addCheck } from './check.ts';
import { addEdit } from './edit.ts';

export function addDataset(praxis: Command): void {
  const dataset = praxis.command('dataset').description('check and edit LeRobotDatasets (v3)');
  addCheck(dataset);
  addEdit(dataset);
}

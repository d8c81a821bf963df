import type { Command } from '@commander-js/extra-typings';
import { addCheck } from './check.ts';
import { addEdit } from './edit.ts';
import { addImport } from './import.ts';
import { addReplay } from './replay.ts';

export function addDataset(praxis: Command): void {
  const dataset = praxis.command('dataset').description('check, edit, convert, import and replay LeRobotDatasets');
  addCheck(dataset);
  addEdit(dataset);
  addImport(dataset);
  addReplay(dataset);
}

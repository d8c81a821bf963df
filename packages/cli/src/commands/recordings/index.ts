import type { Command } from '@commander-js/extra-typings';
import { addPrune } from './prune.ts';

export function addRecordings(praxis: Command): void {
  addPrune(praxis.command('recordings').description('look after folders of recordings'));
}

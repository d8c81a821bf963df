import type { Command } from '@commander-js/extra-typings';
import { addJudge } from './judge.ts';
import { addPrune } from './prune.ts';

export function addRecordings(praxis: Command): void {
  const recordings = praxis.command('recordings').description('look after recordings');
  addJudge(recordings);
  addPrune(recordings);
}

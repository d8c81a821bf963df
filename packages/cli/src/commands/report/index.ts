import type { Command } from '@commander-js/extra-typings';
import { addReportMerge } from './merge.ts';

export function addReport(praxis: Command): void {
  const report: Command = praxis.command('report').description('join the parts of a measurement');
  addReportMerge(report);
}

import type { Command } from '@commander-js/extra-typings';
import { addAblate } from './ablate.ts';
import { addBench } from './bench.ts';
import { addCeilings } from './ceilings.ts';
import { addDataset } from './dataset/index.ts';
import { addDemos } from './demos.ts';
import { addDoctor } from './doctor.ts';
import { addDrive } from './drive.ts';
import { addEval } from './eval.ts';
import { addExport } from './export.ts';
import { addFaults } from './faults.ts';
import { addFilm } from './film.ts';
import { addFk } from './fk.ts';
import { addIk } from './ik.ts';
import { addInterpret } from './interpret.ts';
import { addMcp } from './mcp.ts';
import { addPlan } from './plan.ts';
import { addPolicy } from './policy.ts';
import { addRecordings } from './recordings/index.ts';
import { addRedact } from './recordings/redact.ts';
import { addReplay } from './replay.ts';
import { addReport } from './report/index.ts';
import { addRobot } from './robot/index.ts';
import { addRun } from './run.ts';
import { addServe } from './serve.ts';
import { addSim } from './sim.ts';
import { addStudio } from './studio.ts';
import { addTranscribe } from './transcribe.ts';
import { addViews } from './views.ts';
import { addVoice } from './voice/index.ts';

/** All commands, in the order of `--help`. */
export const commands: readonly ((praxis: Command) => void)[] = [
  addEval,
  addSim,
  addFilm,
  addDrive,
  addReplay,
  addRedact,
  addRecordings,
  addExport,
  addDataset,
  addPlan,
  addRun,
  addServe,
  addMcp,
  addStudio,
  addReport,
  addFaults,
  addCeilings,
  addAblate,
  addDemos,
  addViews,
  addPolicy,
  addRobot,
  addFk,
  addIk,
  addInterpret,
  addTranscribe,
  addVoice,
  addBench,
  addDoctor,
];

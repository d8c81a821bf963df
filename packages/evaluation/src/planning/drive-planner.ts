import { type Planner, progressInWords } from '@praxis/planner';
import { type Language, sentenceKind } from '@praxis/teleop';
import type { CommandSource } from '../teleoperation/command-source.ts';
import type { RequestPlanner } from '../teleoperation/drive.ts';
import type { PlannedArm } from './planned-arm.ts';

/** Options of {@link drivePlanner}. */
export interface DrivePlannerOptions {
  readonly planned: PlannedArm;
  readonly planner: Planner;
  readonly language: Language;
  /** Where answers come from when each command waits for the one before. Default: the arm hears sentences at any time. */
  readonly answers?: CommandSource;
}

/** Gives requests to a planner while an arm is driven; commands such as "left 5 cm" and "stop" stay what they are. */
export const drivePlanner = ({ planned, planner, language, answers }: DrivePlannerOptions): RequestPlanner => ({
  takes: (line) => line !== '/reset' && sentenceKind(language, line) === 'request',
  async execute(line, onProgress, signal) {
    // A motion by words ends; the sentence may even forbid it.
    planned.robot.hold();
    const execution = planned.execution(planner);
    execution.progress$.subscribe((event) => {
      onProgress(progressInWords(event), event);
      if (!answers || (event.kind !== 'read_back' && event.kind !== 'question')) return;
      const answer = answers.next();
      if (answer !== undefined) execution.hear(answer);
    });
    const onAbort = () => execution.cancel('interrupted');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    await execution.run(line).finally(() => signal.removeEventListener('abort', onAbort));
  },
});

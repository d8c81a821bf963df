import { join } from 'node:path';
import { contextPage, studyContext, writeAtomically } from '@praxis/evaluation';
import { pick, sort, tidy } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';

const root = join(import.meta.dirname, '..');
/** Scenes of each task. */
const SCENES = 80;
const FIRST_SEED = 2_000_000;

/** Finds with the right words and place, precision and recall in one (F1), of the detection and of the grounding alone. */
export default async function measure() {
  const seeds = Array.from({ length: SCENES }, (_, i) => FIRST_SEED + i);
  const policy = process.env.PRAXIS_MODEL ?? join(root, 'models/default');
  const study = await studyContext({ policy, robot: { urdf: armUrdf() }, tasks: [pick, sort, tidy], seeds });
  if (process.env.PRAXIS_REPORT) {
    const command = 'PRAXIS_REPORT=docs/reports/context.md npx praxis bench context';
    writeAtomically(process.env.PRAXIS_REPORT, contextPage(study, command));
  }
  const f1 = ({ precision, recall }: { precision: number | null; recall: number | null }) =>
    (2 * (precision ?? 0) * (recall ?? 0)) / Math.max(1e-9, (precision ?? 0) + (recall ?? 0));
  const ours = f1(study.detection.all);
  const baseline = f1(study.grounding.all);
  return { unit: 'F1 of finds', ours, baseline, ratio: ours / baseline, target: 'above 1', ...study };
}

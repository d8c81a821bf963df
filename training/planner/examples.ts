// Writes labelled requests for the adaptation of a small language model: one JSON object a line, with kind, prompt and answer.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { generateExamples } from '@praxis/evaluation';
import { compactPromptOf } from '@praxis/planner';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'data/plans.jsonl' },
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
});
const lines = [...generateExamples(Number(values.count), Number(values.seed))].map(({ kind, plan, ...given }) =>
  JSON.stringify({ kind, prompt: compactPromptOf(given), answer: JSON.stringify(plan) }),
);
writeFileSync(values.out, `${lines.join('\n')}\n`);
process.stderr.write(`${values.out}: ${lines.length} examples\n`);

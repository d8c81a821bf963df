import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { importPolicy } from '@praxis/evaluation';
import { NO_ANSWERS, type Question, questionsText, withAnswer } from '@praxis/policy/import';
import { lerobotFolder } from '@praxis/policy/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { askQuestion, QuestionInterrupted } from './questions.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const PROMPT = '> ';

/** A terminal whose user types one of the lines at each prompt, and the text that it shows. */
function typing(lines: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const rest = [...lines];
  const shown: string[] = [];
  output.on('data', (chunk: Buffer) => {
    shown.push(chunk.toString());
    if (!chunk.toString().includes(PROMPT)) return;
    const line = rest.shift();
    if (line !== undefined) setImmediate(() => input.write(line));
  });
  return { input, output, shown: () => shown.join('') };
}

const scratch = mkdtempSync(join(tmpdir(), 'praxis-questions-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const source = join(scratch, 'act');
mkdirSync(source);
const image = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
const numbers = { mean: [0, 0, 0, 0, 0, 0], std: [1, 1, 1, 1, 1, 1] };
for (const [name, bytes] of lerobotFolder({
  statistics: {
    'observation.state': numbers,
    action: numbers,
    'observation.images.front': image,
    'observation.images.wrist': image,
  },
})) {
  writeFileSync(join(source, name), bytes);
}

const ELEMENTS = 'joint1,joint2,joint3,joint4,joint5,gripper';

/** Imports a policy that asks for everything, at a terminal. */
function importing(out: string, terminal: ReturnType<typeof typing>) {
  return importPolicy({
    ...{ source, out, answers: NO_ANSWERS },
    robot: fileURLToPath(new URL('../../../../robots/arm5', import.meta.url)),
    ask: async (questions, answers, refusal) => {
      const next = await askQuestion(questions, answers, terminal, refusal);
      if (next) return next;
      throw new InputError(`missing ${questionsText(questions)}`);
    },
  });
}

describe('the questions of an import', () => {
  it('are asked one after the other, again after a wrong or an empty answer, until the policy is written', async () => {
    const out = join(scratch, 'imported');
    const terminal = typing([
      ...[`joint1,joint2\n`, `${ELEMENTS}\n`],
      ...['grad\n', '\n', 'deg\n'],
      ...['%\n', `${ELEMENTS}\n`, ' 10 \n'],
    ]);
    const { answers } = await importing(out, terminal);
    expect(answers).toMatchObject({ jointUnit: 'deg', gripperUnit: '%', rateHz: 10 });
    const shown = terminal.shown();
    const asked = [...shown.matchAll(/^(--[a-z-]+) (?!.*expected).*: /gm)].map(([, option]) => option);
    expect(asked).toEqual([
      ...['--elements', '--elements', '--joint-unit', '--joint-unit', '--joint-unit'],
      ...['--gripper-unit', '--elements', '--rate'],
    ]);
    expect(shown).toContain('--elements observation.state=joint1,joint2: 2 names, expected 6');
    expect(shown).toContain('--joint-unit grad: expected rad, deg');
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'policy.onnx']);
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).action.period).toBe(0.1);
  });

  it('stay open at the end of the input, and nothing is written', async () => {
    const out = join(scratch, 'ended');
    const ended = importing(out, typing([`${ELEMENTS}\n`, CTRL_D]));
    await expect(ended).rejects.toThrow(/^missing --joint-unit rad\|deg .*--gripper-unit .*--rate <hz>/);
    expect(existsSync(out)).toBe(false);
  });

  it('end at Ctrl-C, and nothing is written', async () => {
    const out = join(scratch, 'interrupted');
    await expect(importing(out, typing([`${ELEMENTS}\n`, 'rad\n', 'm\n', `joint1,joint2${CTRL_C}`]))).rejects.toThrow(
      QuestionInterrupted,
    );
    expect(existsSync(out)).toBe(false);
  });

  it('show control characters of a policy escaped', async () => {
    const question: Question = { option: '--camera', prefix: 'a\u001b[2J=', form: 'front', text: 'which camera' };
    const terminal = typing(['front\n']);
    const answers = await askQuestion([question], NO_ANSWERS, terminal);
    expect(answers).toEqual(withAnswer(NO_ANSWERS, '--camera', 'a\u001b[2J=front'));
    expect(terminal.shown()).not.toContain('a\u001b[2J');
  });
});

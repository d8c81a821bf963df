import { createInterface } from 'node:readline/promises';
import { PraxisError, visibleText } from '@praxis/core';
import { type ImportAnswers, type Question, withAnswer } from '@praxis/policy/import';

/** Streams of a terminal: keys come in, and questions go out. */
export interface QuestionTerminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** The user pressed Ctrl-C at a question. */
export class QuestionInterrupted extends Error {
  constructor() {
    super('interrupted at a question');
    this.name = 'QuestionInterrupted';
  }
}

/**
 * Asks the first question until its answer has the right form; an empty line asks it again.
 * @param refusal why the answer before does not fit, which is said first
 * @returns the answers with the new one; undefined at the end of the input, which leaves all questions open
 * @throws {QuestionInterrupted} at Ctrl-C, which a terminal reads as a key, so that no signal comes of it
 */
export async function askQuestion(
  [{ option, prefix, form, text }]: readonly Question[],
  answers: ImportAnswers,
  { input, output }: QuestionTerminal,
  refusal?: string,
): Promise<ImportAnswers | undefined> {
  const say = (line: string): void => void output.write(`${visibleText(line)}\n`);
  const terminal = createInterface({ input, output, terminal: true });
  const ended = new Promise<undefined>((resolve, reject) => {
    terminal.once('SIGINT', () => reject(new QuestionInterrupted()));
    terminal.once('close', () => resolve(undefined));
  });
  if (refusal !== undefined) say(refusal);
  try {
    for (;;) {
      say(`${option} ${prefix}${form}: ${text}`);
      const answer = (await Promise.race([terminal.question('> '), ended]))?.trim();
      if (answer === undefined) return undefined;
      try {
        if (answer !== '') return withAnswer(answers, option, `${prefix}${answer}`);
      } catch (error) {
        if (!(error instanceof PraxisError)) throw error;
        say(error.message);
      }
    }
  } finally {
    terminal.close();
  }
}

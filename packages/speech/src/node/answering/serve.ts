import { errorMessage } from '@praxis/core';
import { CLOSE, type Reply } from './messages.ts';

/** The way back to who asks. */
export interface Asker {
  reply(message: Reply): void;
  /** @returns what takes the listener off again */
  listen(take: (message: unknown) => void): () => void;
  /** Cuts the line, which lets this side end. */
  leave(): void;
}

export interface Worker<Question> {
  work(question: Question): unknown;
  close(): void;
}

/** The other side of `Answering`: answers one question after the other, with what was thrown where something was. */
export function serve<Question>(asker: Asker, open: () => Worker<Question>): void {
  const answer = (work: () => unknown): void => {
    try {
      asker.reply({ answer: work() });
    } catch (error) {
      asker.reply({ error: errorMessage(error) });
    }
  };
  answer(() => {
    const worker = open();
    const silence = asker.listen((message) => {
      if (message !== CLOSE) answer(() => worker.work(message as Question));
      else {
        // What is already on its way must not reach one that is gone.
        silence();
        worker.close();
        asker.leave();
      }
    });
  });
}

import { expect, it } from 'vitest';
import { NewestRequest } from './newest-request.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve));

it('has one question on its way, and asks the newest of those that came meanwhile', async () => {
  const waiting: ((answer: string) => void)[] = [];
  const [asked, answers]: [number[], string[]] = [[], []];
  const request = new NewestRequest<number, string>(
    (question) => {
      asked.push(question);
      return new Promise((resolve) => waiting.push(resolve));
    },
    (answer) => answers.push(answer),
    () => {},
  );
  for (const question of [1, 2, 3]) request.request(question);
  expect(asked).toEqual([1]);
  waiting[0]('one');
  await settle();
  expect(asked).toEqual([1, 3]);
  waiting[1]('three');
  await settle();
  request.request(4);
  expect([asked, answers]).toEqual([
    [1, 3, 4],
    ['one', 'three'],
  ]);
});

it('goes on after an error', async () => {
  const errors: unknown[] = [];
  const answers: number[] = [];
  const ask = async (question: number) => {
    if (question === 1) throw new Error('gone');
    return question;
  };
  const request = new NewestRequest(
    ask,
    (answer) => answers.push(answer),
    (error) => errors.push(error),
  );
  request.request(1);
  request.request(2);
  await settle();
  expect([errors.length, answers]).toEqual([1, [2]]);
});

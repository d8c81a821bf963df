/** The request cannot be planned: the person is asked. The message is the question. */
export class Question extends Error {
  override readonly name = 'Question';
}

/** The request is not carried out. The message is the reason. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** A choice in words: `red cube, blue cube or box 1`. */
export const choice = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

import { expect, it } from 'vitest';
import { stancesIn } from './scope.ts';
import { mentionsIn, wordsAndMarks } from './tokens.ts';

/** The colours of the mentions that are meant, and of those that are ruled out. */
function coloursOf(text: string) {
  const tokens = mentionsIn(wordsAndMarks(text));
  const stances = stancesIn(tokens);
  const of = (stance: string) =>
    tokens.flatMap((token, i) =>
      typeof token !== 'string' && stances?.of[i] === stance ? (token.says.colour ?? []) : [],
    );
  return `${of('meant').join(' ')} | ${of('ruled out').join(' ')}`;
}

it.each([
  ['press the red button', 'red | '],
  ['not the red button, the green one', 'green | red'],
  ['not the red button but the green one', 'green | red'],
  ['not the red, the blue or the yellow button, the green one', 'green | red blue yellow'],
  ['the green one, and never the red one and the blue one', 'green | red blue'],
  ['do not press the red button press the green button', 'green | red'],
  ['forget the red one and press the green one', 'green | red'],
  ['the red button and the blue button can stay, the green one', 'green | red blue'],
  ['let the red one be and take the green one', 'green | red'],
  ['the green one. the red one. leave it', 'green | red'],
  ['no, the green one', 'green | '],
  ['if you do not mind, the green one', 'green | '],
  ['between the red one and the green one take the green one', 'green | '],
  ['I prefer the green one to the red one', 'green | '],
  ['exchange the red one for the green one', 'green | red'],
])('"%s" means %s', (text, colours) => expect(coloursOf(text)).toBe(colours));

it.each(['do not forget the red one', 'never leave the red one', 'not only the red one'])('"%s" is not read', (text) =>
  expect(stancesIn(mentionsIn(wordsAndMarks(text)))).toBeUndefined(),
);

it('says which condition an instruction has, unless it is a courtesy', () => {
  const conditionOf = (text: string) => stancesIn(mentionsIn(wordsAndMarks(text)))?.condition;
  expect(conditionOf('press the red button when the bell rings')).toBe('when');
  expect(conditionOf('when you get a chance, press the red button')).toBeUndefined();
  expect(conditionOf('press the red button until it clicks')).toBeUndefined();
});

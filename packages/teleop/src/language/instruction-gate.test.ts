import { describe, expect, it } from 'vitest';
import { admitIntent, judgeInstruction } from './instruction-gate.ts';
import { Language } from './language.ts';

const words =
  'pick up the a red blue cube cylinder heavy box one put on left right tray place to move lift please now which is'.split(
    ' ',
  );
const learnt = new Language({ words: ['<pad>', '<unk>', ...words], instructions: [] });
const table = new Language();

describe('judgeInstruction', () => {
  it('lets tasks of learnt words through, in the words of the language', () => {
    for (const language of [learnt, table])
      for (const [text, passed] of [
        ['pick up the red cube', 'pick up the red cube'],
        ['Please, pick up the red-cube!', 'pick up the red cube'],
        ['put the heavy one on the left tray', 'put the heavy one on the left tray'],
        ['pick up the left one', 'pick up the left one'],
        ['pick up the red block', 'pick up the red block'],
        ['the red cube', 'the red cube'],
        ['red cube', 'red cube'],
      ])
        expect(judgeInstruction(language, text), text).toEqual({ verdict: 'instruct', text: passed });
  });

  it('stops at a stop word and holds at a negation', () => {
    expect(judgeInstruction(learnt, 'stop')).toEqual({ verdict: 'stop', word: 'stop' });
    expect(judgeInstruction(learnt, 'pick up the red cube and stop')).toEqual({ verdict: 'stop', word: 'stop' });
    for (const text of [
      "don't pick up the red cube",
      "you mustn't pick up the red cube",
      'pick up no red cube',
      'wait',
    ])
      expect(judgeInstruction(learnt, text), text).toEqual({ verdict: 'hold' });
  });

  it.each([
    ['pick up the banana', "I don't know banana"],
    ['pick up the red banana', "I don't know banana"],
    ['banana', "I don't know banana"],
    ['hello', "I don't know hello"],
    ['pick up the pink cube', "I don't know pink"],
    ['is the red cube on the left tray', '"is the red cube on the left tray" is no task that I understand'],
    ['who made you', '"who made you" is no task that I understand'],
    ['red', '"red" is no task that I understand'],
    ['the heavy', '"the heavy" is no task that I understand'],
    ['pick up the red ball', "I don't know ball"],
    ['push the red cube', "I don't know push"],
    ['pick up the one', 'I don\'t know what "pick up the one" is about'],
    ['', 'the instruction is empty'],
    [' \n', 'the instruction is empty'],
    ['please', 'the instruction is empty'],
    ['pick up anything but the red cube', '"pick up anything but the red cube" is no task that I understand'],
    ['move it left', '"move it left" is no task that I understand'],
    ['move left 5 cm', '"move left 5 cm" is a command of another kind (move), expected a task for the policy'],
    ['what do you see', '"what do you see" is a command of another kind (ask), expected a task for the policy'],
  ])('refuses "%s" in words: %s', (text, why) => {
    expect(judgeInstruction(learnt, text)).toEqual({ verdict: 'refuse', why });
  });

  it('takes the words of the wordings of a policy as learnt', () => {
    const policy = new Language({
      words: ['<pad>', 'gearwheel'],
      instructions: ['(fetch | find) the spare gearwheel'],
    });
    expect(judgeInstruction(policy, 'find the spare gearwheel')).toEqual({
      verdict: 'instruct',
      text: 'find the spare gearwheel',
    });
    expect(judgeInstruction(policy, 'find the red gearwheel')).toEqual({ verdict: 'refuse', why: "I don't know red" });
  });

  it('applies a correction to the last instruction', () => {
    const context = { instruction: 'pick up the red cube' };
    expect(judgeInstruction(learnt, 'no, the blue one', context)).toEqual({
      verdict: 'instruct',
      text: 'pick up the blue cube',
    });
    expect(judgeInstruction(learnt, 'no, the pink one', context)).toEqual({
      verdict: 'refuse',
      why: "I don't know pink",
    });
  });
});

describe('admitIntent', () => {
  it('turns an instruction of unlearnt words into an unknown text that names the word', () => {
    const admitted = (text: string) => admitIntent(learnt, learnt.interpret(text));
    expect(admitted('pick up the red cube')).toEqual({ kind: 'instruct', text: 'pick up the red cube' });
    expect(admitted('pick up the pink cube')).toEqual({
      kind: 'unknown',
      text: 'pick up the pink cube',
      unknownWord: 'pink',
    });
    expect(admitted('pick up the one')).toEqual({ kind: 'unknown', text: 'pick up the one' });
    expect(admitted('home')).toEqual({ kind: 'home' });
  });
});

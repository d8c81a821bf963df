import { describe, expect, it } from 'vitest';
import { Language } from './language.ts';

const language = new Language();
const kindOf = (text: string) => language.interpret(text).kind;

describe('a negation makes the robot hold, in every form', () => {
  it.each([
    "you mustn't pick up the red cube",
    'you mustn\u2019t pick up the red cube',
    'you mustn\u00b4t pick up the red cube',
    'you mustnt pick up the red cube',
    "you mustn 't pick up the red cube",
    "you shouldn't move",
    "you needn't open the gripper",
    "you oughtn't to lift it",
    "shan't you go home",
    'you may not take the red cube',
    'under no circumstances pick up the red cube',
    'pick up no red cube',
    'pick up none of the cubes',
    'pick up neither the red cube nor the blue cube',
    'pick up nothing',
    'no need to pick up the red cube',
    'avoid lifting the red cube, do the blue one',
    'refuse to pick up the red cube',
    'refrain from moving it, just hold',
    'refrain from picking the red cube',
    'avoid grabbing the red cube',
    'no higher',
    'no faster please',
    'no opening the gripper',
    'no going home',
  ])('"%s"', (text) => {
    expect(language.interpret(text)).toEqual({ kind: 'hold' });
  });
});

describe('a sentence that excludes something or asks something gives the policy no task', () => {
  it.each([
    'pick up anything but the red cube',
    'pick up everything except the red cube',
    'pick up the cubes other than the red one',
    'pick up the blue cube rather than the red cube',
    'pick up the blue cube instead of the red cube',
    'pick up the blue cube without touching the red cube',
    'pick up the red cube unless it is heavy',
    'pick up the red cube when i say go',
    'leave the red cube alone',
    'leave the red cube where it is',
    'hold off picking up the red cube',
    'hold on to the red cube',
    'drop the red cube',
    'pick up the red cube later',
    'hands off the red cube',
    'get off the red cube',
    'take your hand off the red cube',
    'did you pick up the red cube?',
    'why did you pick up the red cube?',
    'should you pick up the red cube?',
    'i will pick up the red cube',
    'imagine you pick up the red cube',
    'let me pick up the red cube',
  ])('"%s" is unknown', (text) => {
    expect(kindOf(text)).toBe('unknown');
  });
});

describe('a motion that is not understood gives the policy no task', () => {
  it.each([
    'move it left',
    'move it to the left by a bit',
    'move that up 5 cm',
    'move the arm left 5 to 10 cm',
    'move the arm over the red cube',
    'move the hand to the red cube',
    'move left of the red cube',
    'move left past the red cube',
    'move over the red cube',
    'move quickly over the red cube',
    'move to the red cube',
    'move away from the red cube',
    'go up to the red cube',
    'go to the red cube',
    'move the red cube left',
    'move the red cube forward',
    'move the red cube 5 cm',
    'move the red cube one inch',
    'lift the red cube by two inches',
    'turn the red cube by 90 degrees',
    'turn the red cube clockwise',
    'open the gripper to -3 cm',
    'open the gripper to three to four cm',
    'close the gripper to 0',
    'open the gripper 150 percent',
    'open the gripper five quarters',
    'open it 0 percent',
    'open the gripper -50 percent',
    'open it 50',
    'open the gripper halfway or so',
    'open the gripper between a third and a half',
    'close it to a quarter',
    'open the gripper half a red cube',
    'close the gripper on the red cube',
    'raise the wrist over the red cube',
    'lower the arm onto the red cube',
    'push the arm into the red cube',
    'set the x axis to the red cube',
    'pick it up',
    'give me that',
  ])('"%s" is unknown', (text) => {
    expect(kindOf(text)).toBe('unknown');
  });
});

describe('a task outside the table is an instruction when it names a known object', () => {
  it.each([
    'pick up the shiny red cube',
    'pick the red cube up',
    'lift the red cube up gently',
    'put the red cube down on the left tray',
    'put it on the left tray',
    'bring me the blue box from the left tray',
    'go get the red cube',
    'hand me the red cube',
    'pick up the red cube with the gripper',
    'put the red cube on the left hand side tray',
    'move the red cube to the tray on the left',
    'you should pick up the red cube',
    'the red cube, pick it up',
    'pick_up the red-cube',
  ])('"%s"', (text) => {
    expect(kindOf(text)).toBe('instruct');
  });

  it.each([
    ['pick up the banana', 'banana'],
    ['pick up the ripe banana', 'banana'],
    ['pick up the red banana', 'banana'],
    ['put the banana on the left tray', 'banana'],
    ['put the red cube into the basket', 'basket'],
    ['grab bananas', 'bananas'],
  ])('"%s" names the word that nobody taught', (text, unknownWord) => {
    expect(language.interpret(text)).toEqual({ kind: 'unknown', text, unknownWord });
  });
});

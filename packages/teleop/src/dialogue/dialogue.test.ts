import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Language } from '../language/language.ts';
import { VoiceDialogue } from './dialogue.ts';
import type { Effect } from './goal.ts';

const language = new Language();

/** A dialogue in typed words. One second passes between two sentences unless a test says otherwise. */
function converse(limits = {}) {
  const dialogue = new VoiceDialogue(limits);
  let time = 0;
  return {
    dialogue,
    say: (text: string, after = 1, snapshot = {}): readonly Effect[] => {
      time += after;
      return dialogue.acceptIntent(language.interpret(text, dialogue.context), time, snapshot);
    },
    wait: (seconds: number) => {
      time += seconds;
      return dialogue.expireGoals(time);
    },
  };
}

const words = (effects: readonly Effect[]) =>
  effects.flatMap((each) => (each.kind === 'say' || each.kind === 'confirm' ? [each.text] : []));
const goals = (effects: readonly Effect[]) => effects.flatMap((each) => (each.kind === 'goal' ? [each.goal] : []));

describe('motion', () => {
  it('starts at once when it is small, and a preview in words goes with it', () => {
    const { say } = converse();
    const effects = say('move left five centimetres');
    expect(goals(effects)).toEqual([
      { kind: 'translate', frame: 'base', axis: 'y', metres: 0.05, speed: 0.05, timeout: 3, until: 'done' },
    ]);
    expect(words(effects)).toEqual(['moving left 5 cm']);
    expect(words(say('rotate the wrist thirty degrees clockwise'))).toEqual(['turning clockwise 30 degrees']);
    expect(words(say('retract 4 mm'))).toEqual(['moving back 4 mm along the tool']);
  });

  it('is read back when it is large, and starts only on a yes', () => {
    const { say, wait } = converse();
    expect(say('up twenty centimetres')).toEqual([{ kind: 'confirm', text: 'moving up 20 cm: yes or no?' }]);
    expect(goals(say('yes'))).toMatchObject([{ axis: 'z', metres: 0.2 }]);
    say('go home');
    expect(goals(say('no'))).toEqual([]);
    expect(goals(say('yes'))).toEqual([]);
    say('go home');
    expect(words(wait(10))).toEqual(['no answer: not moving']);
    expect(goals(say('yes'))).toEqual([]);
    say('up twenty centimetres');
    expect(goals(say('left 1 cm'))).toMatchObject([{ axis: 'y' }]);
    expect(goals(say('yes'))).toEqual([]);
  });

  it('of the gripper by a part is that part of its widest opening', () => {
    const { say } = converse({ maximumWidth: 0.06 });
    expect(goals(say('open the gripper halfway'))).toMatchObject([{ kind: 'gripper', width: 0.03 }]);
    expect(words(say('close it a quarter'))).toEqual(['gripper to 4.5 cm']);
    expect(say('open it 150 percent').some(({ kind }) => kind === 'goal')).toBe(false);
  });

  it('beyond a limit is refused, not shortened', () => {
    const { say } = converse();
    expect(words(say('forward two feet'))).toEqual(['61 cm is too far: at most 30 cm at once']);
    expect(words(say('rotate a turn clockwise'))).toEqual(['360 degrees is too much: at most 90 degrees at once']);
    expect(words(say('open the gripper to 20 cm'))).toEqual(['the gripper opens 8 cm at most']);
    expect(say('rotate 90 degrees clockwise')).toMatchObject([{ kind: 'confirm' }]);
  });

  it('that is refused where the tool stands is not read back', () => {
    const dialogue = new VoiceDialogue({}, (goal) => (goal.kind === 'home' ? 'out of reach' : undefined));
    const say = (text: string) => dialogue.acceptIntent(language.interpret(text, {}), 0, {});
    expect(say('go home')).toEqual([{ kind: 'say', text: 'out of reach' }]);
    expect(goals(say('yes'))).toEqual([]);
    expect(say('up twenty centimetres')).toMatchObject([{ kind: 'confirm' }]);
  });

  it('can be repeated, and undone one motion at a time', () => {
    const { say } = converse();
    expect(words(say('back'))).toEqual(['there is nothing to undo']);
    say('left 2 cm');
    say('up 3 cm');
    expect(goals(say('again'))).toMatchObject([{ axis: 'z', metres: 0.03 }]);
    expect([1, 2, 3].map(() => goals(say('undo that'))[0])).toMatchObject([{ to: 3 }, { to: 2 }, { to: 1 }]);
    expect(goals(say('undo that'))).toEqual([]);
    say('open the gripper');
    expect(goals(say('undo that'))).toEqual([]);
  });

  it('to home is read back before it is undone, and an instruction for the policy clears the history', () => {
    const { say } = converse();
    say('go home');
    say('yes');
    expect(say('undo that')).toEqual([{ kind: 'confirm', text: 'going back: yes or no?' }]);
    expect(goals(say('yes'))).toMatchObject([{ kind: 'return', to: 1 }]);
    say('left 2 cm');
    say('pick up the red cube');
    expect(words(say('undo that'))).toEqual(['there is nothing to undo']);
  });

  it('uses the speed factor in force when it starts', () => {
    const { say, dialogue } = converse();
    say('full speed');
    expect(goals(say('left 2 cm'))).toMatchObject([{ speed: 0.1 }]);
    for (let i = 0; i < 50; i++) say('faster');
    expect(dialogue.state.speed).toBe(1);
    for (let i = 0; i < 50; i++) say('slower');
    expect(dialogue.state.speed).toBe(0.05);
    expect(goals(say('again'))).toMatchObject([{ speed: expect.closeTo(0.005) }]);
  });
});

describe('continuous motion', () => {
  it('is bounded in distance and time, and ends when it is not renewed', () => {
    const { say, wait } = converse();
    const effects = say('keep going left');
    expect(goals(effects)).toMatchObject([{ axis: 'y', metres: 0.15, timeout: 3, until: 'stopped' }]);
    expect(words(effects)).toEqual(['moving left until you say stop']);
    expect(goals(say('keep going'))).toHaveLength(1);
    expect(wait(2.9)).toEqual([]);
    expect(wait(0.2)).toMatchObject([{ kind: 'hold' }, { kind: 'say' }]);
    expect(wait(10)).toEqual([]);
    expect(goals(say('keep going'))).toMatchObject([{ axis: 'y', until: 'stopped' }]);
  });

  it("ends when the dead-man's switch is released", () => {
    const { say, dialogue } = converse();
    expect(dialogue.onReleased()).toEqual([]);
    say('keep going up');
    expect(dialogue.onReleased()).toMatchObject([{ kind: 'hold' }, { kind: 'say' }]);
    expect(dialogue.state.continuous).toBeUndefined();
  });
});

describe('stop', () => {
  it('comes first and drops a pending goal, and no word undoes it', () => {
    const { say, dialogue } = converse();
    say('go home');
    expect(say("no don't stop")[0]).toEqual({ kind: 'stop' });
    for (const text of ['yes', 'continue', 'left 2 cm', 'pick up the red cube', 'undo that', 'keep going up']) {
      expect(words(say(text)), text).toEqual(['stopped: reset the supervisor first']);
    }
    expect(words(say('how hard are you pressing'))).toEqual(['My force sensor sends no measurements']);
    dialogue.reset();
    expect(goals(say('yes'))).toEqual([]);
    expect(goals(say('left 2 cm'))).toHaveLength(1);
  });
});

describe('reports from the arm', () => {
  it('a refused goal cannot be undone, and continuous motion that has ended does not expire again', () => {
    const { say, wait, dialogue } = converse();
    say('left 2 cm');
    say('up 3 cm');
    dialogue.onGoalEnded(2, 'refused');
    expect(goals(say('undo that'))).toMatchObject([{ to: 1 }]);
    say('keep going left');
    dialogue.onGoalEnded(4, 'begun');
    expect(wait(10)).toEqual([]);
    expect(goals(say('keep going'))).toMatchObject([{ until: 'stopped' }]);
  });

  it('a stop by the supervisor has the effect of a spoken stop', () => {
    const { say, dialogue } = converse();
    say('go home');
    dialogue.onSupervisorStop();
    expect(words(say('yes'))).toEqual(['stopped: reset the supervisor first']);
    dialogue.reset();
    expect(goals(say('yes'))).toEqual([]);
  });
});

describe('instructions and questions', () => {
  it('a correction changes the instruction', () => {
    const { say } = converse();
    say('pick up the red cube');
    expect(say('no, the blue one')[0]).toEqual({ kind: 'instruct', text: 'pick up the blue cube' });
    expect(say('no, the green one')[0]).toEqual({ kind: 'instruct', text: 'pick up the green cube' });
  });

  it('answers come from the snapshot, and name what the snapshot lacks', () => {
    const { say } = converse();
    say('pick up the red cube');
    const snapshot = {
      loop: 'running',
      wrench: { value: [3, 0, 4, 0, 0, 0], age: 0.01 },
      pose: [0.4, -0.1, 0.2, 1, 0, 0, 0],
      gripper: { width: 0.03, maximum: 0.08 },
      grounding: { front: { x: 0.1, y: 0.9, confidence: 0.9 }, wrist: { x: 0.5, y: 0.5, confidence: 0.1 } },
    };
    const answerTo = (text: string, known: object = snapshot) => words(say(text, 1, known))[0];
    expect(answerTo('how hard are you pressing')).toBe('I press with 5.0 newtons');
    expect(answerTo('what do you see')).toBe(
      'I see the object of "pick up the red cube" at the bottom left of the front camera',
    );
    expect(answerTo('what are you doing')).toBe('I am running, and my instruction is: pick up the red cube');
    expect(answerTo('where are you')).toBe('the tool is 40 cm in front of the base, 10 cm to the right, 20 cm up');
    expect(answerTo('is the gripper open')).toBe('the fingers are 3 cm apart');
    expect(answerTo('how hard are you pressing', { wrench: { value: [1, 0, 0, 0, 0, 0], age: 2 } })).toBe(
      'My force sensor sends no measurements',
    );
    expect(answerTo('what do you see', {})).toBe('I have not looked for anything yet');
  });
});

describe('any sequence of sentences', () => {
  const sentences =
    'left 2 cm;up one metre;go home;yes;no;again;undo that;back;faster;keep going left;keep going;hold;continue;open;close gently;rotate 80 degrees clockwise;pick up the red cube;no, the blue one;what do you see;lalala;stop'.split(
      ';',
    );

  it('keeps every goal within the limits, counts ids up, bounds the history, and starts nothing after a stop', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...sentences), fc.double({ min: 0, max: 12, noNaN: true })), {
          maxLength: 60,
        }),
        (all) => {
          const { say, dialogue } = converse({ history: 4 });
          let last = 0;
          let stopped = false;
          for (const [text, after] of all) {
            const effects = say(text, after);
            for (const effect of effects) {
              if (effect.kind === 'stop') stopped = true;
              if (effect.kind !== 'goal') continue;
              expect(stopped).toBe(false);
              expect(effect.id).toBeGreaterThan(last);
              last = effect.id;
              if (effect.goal.kind === 'translate') expect(Math.abs(effect.goal.metres)).toBeLessThanOrEqual(0.3);
              if ('timeout' in effect.goal) expect(effect.goal.timeout).toBeLessThan(130);
            }
            expect(dialogue.state.undoableCount).toBeLessThanOrEqual(4);
          }
        },
      ),
    );
  });

  it('a limit that is not a positive number is refused', () => {
    expect(() => new VoiceDialogue({ maximumStep: 0 })).toThrow(/maximumStep is 0: expected/);
    expect(() => new VoiceDialogue({ confirmTime: Number.NaN })).toThrow(/confirmTime is NaN/);
  });
});

import { InputError, STOP_WORDS } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Language } from '../language/language.ts';
import { WakeWord } from '../language/wake-word.ts';
import { WAKE_WINDOW_S, WakeWindow } from './wake-window.ts';

const robot = new WakeWord('robot');

describe('with a wake word', () => {
  it('a sentence that begins with it is a command, and the command leaves it out', () => {
    for (const text of [
      'robot move left',
      'Robot, move left!',
      'hey robot, move left',
      'okay uh robot please move left',
    ]) {
      expect(new WakeWindow(robot).addresseeOf(text, 0), text).toEqual({ kind: 'command', text: 'move left' });
    }
    expect(new WakeWindow(new WakeWord('Big Arm')).addresseeOf('big arm, move left', 0).kind).toBe('command');
  });

  it('a sentence without it, or with it only inside, is for bystanders', () => {
    for (const text of ['move left', 'lift the robot', 'robotic move left', 'big robot move left', '', 'yes']) {
      expect(new WakeWindow(robot).addresseeOf(text, 0), text).toEqual({ kind: 'bystander' });
    }
    expect(new WakeWindow(new WakeWord('big arm')).addresseeOf('arm, move left', 0).kind).toBe('bystander');
  });

  it('alone it calls the robot, and a sentence that begins soon after it is a command', () => {
    const window = new WakeWindow(robot);
    expect(window.addresseeOf('move left', 9).kind).toBe('bystander');
    expect(window.addresseeOf('robot', 9.5, 10)).toEqual({ kind: 'wake' });
    expect(window.addresseeOf('move left', 10 + WAKE_WINDOW_S, 13 + WAKE_WINDOW_S)).toEqual({
      kind: 'command',
      text: 'move left',
    });
    // Only the wake word itself extends the window.
    expect(window.addresseeOf('move left', 10.1 + WAKE_WINDOW_S).kind).toBe('bystander');
    expect(window.addresseeOf('robot half speed', 100).kind).toBe('command');
    expect(window.addresseeOf('faster', 100 + WAKE_WINDOW_S).kind).toBe('command');
  });

  it('refuses an invalid wake word', () => {
    for (const text of ['', ' ', 'stop', 'emergency arm', 'please', 'r2d2', 'one two three four', 'hey']) {
      expect(() => new WakeWord(text), text).toThrow(InputError);
    }
  });
});

describe('the language with a wake word', () => {
  const language = new Language({ words: [], instructions: [], wakeWord: 'Jarvis' });
  const plain = new Language();

  it('reads each command the same with and without it', () => {
    const texts = fc.constantFrom(...plain.rows.flatMap(({ examples }) => examples));
    fc.assert(
      fc.property(texts, fc.constantFrom('jarvis ', 'hey Jarvis, ', 'uh, jarvis '), (text, before) => {
        expect(language.interpret(before + text)).toEqual(plain.interpret(text));
        expect(language.interpret(text)).toEqual(plain.interpret(text));
      }),
    );
    expect(plain.interpret('jarvis half speed').kind).toBe('unknown');
    expect(language.interpret('jarvis').kind).toBe('unknown');
  });

  it('stops at a stop word with and without it', () => {
    for (const word of STOP_WORDS) {
      expect(language.interpret(word)).toEqual({ kind: 'stop', word });
      expect(language.interpret(`jarvis ${word}`)).toEqual({ kind: 'stop', word });
    }
  });
});

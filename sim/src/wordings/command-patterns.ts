import type { FarKind, NearKind, PatternSet } from './kinds.ts';

/** Kinds of wording that any command has a sentence for. */
export type CommandKind = Exclude<NearKind, 'plain' | 'synonym' | 'typing error'> | Exclude<FarKind, 'relation'>;

/**
 * Patterns of sentences about a command. `{command}` is the whole of it; `{verb}`, `{object}` and `{rest}` are its parts. `{wrongCommand}`
 * is that of another goal of the scene, and `{wrong}` what that goal is named by.
 */
export const COMMAND_PATTERNS: Readonly<Record<PatternSet, Readonly<Record<CommandKind, readonly string[]>>>> = {
  development: {
    'word order': [
      '{object}, {verb} it {rest}',
      'it is {object} that I want you to {verb} {rest}',
      '{object} is the thing to {verb} {rest}',
      'look at {object} and {verb} it {rest}',
      'what I want is {object}, {verb} it {rest}',
      'here is {object}; please {verb} it {rest}',
    ],
    polite: [
      'would you be so kind as to {command} for me, thank you very much',
      'hello robot, when you are ready please go ahead and {command} for me',
      'if it is not too much trouble, I would really like you to {command} now',
      'excuse me, might I ask you to {command} if you have a moment',
      'good morning, I hope that you do not mind, but please {command} and take your time',
      'well then, my dear robot, let us see how you {command}, many thanks in advance',
    ],
    negation: [
      'do not {wrongCommand}, {command}',
      '{command}, nothing else',
      'not {wrong}, please {command}',
      'I do not mean {wrong}, I mean that you {command}',
      'you must not {wrongCommand}; you should {command}',
      '{command} and never touch {wrong}',
      'it is not {wrong} that I want, {command}',
    ],
    contrast: [
      '{command} instead of {wrong}',
      'leave {wrong}, {command}',
      'forget {wrong} and {command}',
      'ignore {wrong}, {command}',
      '{command}, {wrong} can wait',
      'keep away from {wrong} and {command}',
      'skip {wrong} and {command} now',
    ],
  },
  report: {
    'word order': [
      '{object}: {verb} it {rest}.',
      'See {object}? Now {verb} it {rest}.',
      'What you should {verb} {rest} is {object}.',
      "It's {object} I'd like you to {verb} {rest}.",
      "There's {object}; {verb} it {rest}.",
      '{object} is the one to {verb} {rest}.',
    ],
    polite: [
      'Hello there, would it be all right if I asked you to {command}, please?',
      "If it's not too much bother, I'd really appreciate it if you could {command} for me.",
      'Okay, so, I was wondering whether you might possibly be able to {command}, thank you very much.',
      'Hey robot, whenever you get a chance, could you just go ahead and {command}, please?',
      'Right, well, I think what I would like you to do now, please, is to {command}.',
      'Alright my friend, do me a small favour, if you would, and {command}, cheers.',
    ],
    negation: [
      "Don't {wrongCommand}, {command}.",
      'Do not {wrongCommand}. I want you to {command}.',
      'No, not {wrong}! {command}.',
      '{command}, and nothing else.',
      '{command}, but not {wrong}.',
    ],
    contrast: [
      '{command}, not {wrong}.',
      '{command} rather than {wrong}.',
      'Leave {wrong} alone and {command}.',
      'Never mind {wrong}, {command}.',
      '{wrong} stays as it is, {command}.',
    ],
  },
};

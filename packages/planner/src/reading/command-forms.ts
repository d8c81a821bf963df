import type { Description } from './goal.ts';

/** What a policy can be asked to do with one kind of thing, in words that it was trained with. */
export interface CommandForm {
  /** Task of the policy. */
  readonly task: string;
  /** Kinds of things that it is about. */
  readonly kinds: readonly string[];
  /** What a description must have, beside its kind. */
  readonly needs: readonly (keyof Description)[];
  /** Verbs of such commands. */
  readonly verbs: string;
  /** The plain wording. @param of a description that has all that it needs */
  readonly plain: (of: Readonly<Record<string, string>>) => string;
}

/** The commands of the suite's tasks. Each wording is one of those that demonstrations were given with. */
export const COMMAND_FORMS: readonly CommandForm[] = [
  {
    task: 'pick',
    kinds: ['cube', 'cylinder', 'brick'],
    needs: ['colour'],
    verbs:
      'pick lift grab take raise get fetch grasp hoist hold seize collect snatch pluck scoop retrieve elevate clasp obtain heave choose select give hand pass bring touch find want need reach',
    plain: ({ colour, kind }) => `pick up the ${colour} ${kind}`,
  },
  {
    task: 'press',
    kinds: ['button'],
    needs: ['colour'],
    verbs: 'press push hit depress click touch want need choose select use go',
    plain: ({ colour }) => `press the ${colour} button`,
  },
  {
    task: 'drawer',
    kinds: ['drawer'],
    needs: ['colour'],
    verbs: 'open pull slide draw touch get want need choose select use go',
    plain: ({ colour }) => `open the ${colour} drawer`,
  },
  {
    task: 'wipe',
    kinds: ['patch'],
    needs: ['colour', 'manner'],
    verbs: 'wipe clean rub polish press touch go want need choose select',
    plain: ({ colour, manner }) => `wipe the ${colour} patch ${manner}`,
  },
  {
    task: 'insert',
    kinds: ['socket'],
    needs: ['colour'],
    verbs: 'put insert push place plug fit stick slide set touch want need use go',
    plain: ({ colour }) => `put the peg into the ${colour} socket`,
  },
  {
    task: 'sort',
    kinds: ['box'],
    needs: ['weight', 'side'],
    verbs: 'put place move set lay sort take bring carry transfer deliver find touch want need go belong drop',
    plain: ({ weight, side }) => `put the ${weight} box on the ${side} tray`,
  },
];

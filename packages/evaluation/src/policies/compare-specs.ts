import {
  ACTION_SPACES,
  type ArmGroup,
  actionsOf,
  BindError,
  bindActions,
  bindInputs,
  bindRobot,
  elementUnit,
  type PolicyInputSpec,
  type PolicySpec,
  type SignalSpec,
} from '@praxis/core';
import type { Finding } from '@praxis/model';
import type { RobotSetup } from '@praxis/sim';
import { fault, warning } from './finding.ts';

/** One line of what a policy needs, and what the robot offers under the name. */
export interface SpecRow {
  readonly name: string;
  readonly needs: string;
  /** Undefined where the robot has nothing of the name. */
  readonly offers: string | undefined;
}

/** What a policy needs beside what a robot offers, and every difference that keeps them apart. */
export interface SpecComparison {
  readonly inputs: readonly SpecRow[];
  readonly actions: readonly SpecRow[];
  readonly findings: readonly Finding[];
}

const shapeOf = ({ dtype, shape }: SignalSpec): string => (shape.length === 0 ? dtype : `${dtype} ${shape.join('x')}`);
const rateOf = ({ rateHz }: SignalSpec, none: string): string => (rateHz === 0 ? none : `${rateHz} Hz`);
const unitsOf = (unit: string | readonly string[]): string =>
  typeof unit === 'string' ? unit : [...new Set(unit)].join(' ');

function needsOf(input: PolicyInputSpec): string {
  const { window, spacing, maximumAge, open } = input;
  const apart = spacing === undefined ? '' : ` ${spacing} s apart`;
  const samples = window > 1 ? `, ${window} samples${apart}` : '';
  const age = Number.isFinite(maximumAge) ? `, at most ${maximumAge} s old` : '';
  const size = open?.includes('size') ? ' of any size' : '';
  const none = input.dtype === 'string' ? 'on event' : 'at any rate';
  return `${signalText(input, none)}${size}${samples}${age}`;
}

/** A signal in one line. @param none stands for a rate of 0 */
const signalText = (signal: SignalSpec, none: string): string =>
  [
    ...[shapeOf(signal), unitsOf(signal.unit), rateOf(signal, none)],
    ...(signal.names ? [signal.names.join(' ')] : []),
  ].join(', ');

const offersOf = (signal: SignalSpec): string => signalText(signal, 'on event');

/** The properties that are compared one by one, so that one difference does not hide another. */
const PROPERTIES: readonly (readonly (keyof PolicyInputSpec)[])[] = [
  ['dtype'],
  ['modality'],
  ['frame', 'open'],
  ['names', 'shape', 'unit', 'open'],
  ['rateHz', 'window', 'spacing', 'maximumAge'],
];

const messageOf = (error: unknown): string => {
  if (!(error instanceof BindError)) throw error;
  // The finding names the input or action itself.
  return error.message.replace(/^policy .*?, (?:input|action) [^:]*: /, '');
};

function inputFindings(policy: PolicySpec, input: PolicyInputSpec, streams: readonly SignalSpec[]): readonly Finding[] {
  const stream = streams.find(({ name }) => name === input.name);
  const bind = (each: PolicyInputSpec): readonly Finding[] => {
    try {
      bindInputs({ ...policy, inputs: [each] }, streams);
      return [];
    } catch (error) {
      return [fault(input.name, messageOf(error))];
    }
  };
  if (!stream) return bind(input);
  return PROPERTIES.flatMap((properties) => {
    const { names: _, ...plain } = stream;
    const base = properties.includes('names') ? plain : stream;
    const own = Object.fromEntries(properties.filter((key) => key in input).map((key) => [key, input[key]]));
    return bind({ ...base, window: 1, maximumAge: 1, ...own });
  });
}

/** Command of the loop's main arm, which the only arm of a robot is. */
const MAIN_ARM = 'arm';

/** Compares inputs, actions and the robot of the training, and lists every difference at once. */
export function compareSpecs(
  policy: PolicySpec,
  setup: RobotSetup,
  streams: readonly SignalSpec[],
  acceptRobot: string | undefined,
): SpecComparison {
  const { spec: robot, kinematics, arms } = setup;
  const groups = new Map(
    arms.map(({ name, kinematics, baseLink }): readonly [string, ArmGroup] => {
      return [name, { kinematics, baseFrame: baseLink, compliant: false }];
    }),
  );
  const findings = policy.inputs.flatMap((input) => inputFindings(policy, input, streams));
  const bind = (subject: string, spec: PolicySpec): void => {
    try {
      bindActions(spec, robot, groups, MAIN_ARM);
    } catch (error) {
      findings.push(fault(subject, messageOf(error)));
    }
  };
  const actions = actionsOf(policy);
  const before = findings.length;
  for (const action of actions) {
    // Alone, stiffness and force have no motion to go with.
    if (!/stiffness|wrench/.test(action.space)) bind(action.name, { ...policy, actions: [action] });
  }
  if (findings.length === before) bind('actions', policy);
  try {
    const accepted = bindRobot(policy, robot, kinematics, acceptRobot);
    if (accepted !== undefined) findings.push(warning('robot', accepted));
  } catch (error) {
    findings.push(fault('robot', messageOf(error)));
  }
  return {
    inputs: policy.inputs.map((input) => {
      const stream = streams.find(({ name }) => name === input.name);
      return { name: input.name, needs: needsOf(input), offers: stream && offersOf(stream) };
    }),
    actions: actions.map((action) => {
      const command = robot.commands.find(({ name }) => name === (action.group ?? MAIN_ARM));
      const fixed = ACTION_SPACES[action.space].names !== undefined;
      const names = fixed ? '' : `: ${action.names.join(' ')}`;
      const units = unitsOf(action.names.map((_, i) => elementUnit(action, i)));
      return {
        name: action.name,
        needs: `${action.space} (${units})${names}`,
        offers: command && `${command.name}: ${command.names?.join(' ')}`,
      };
    }),
    findings,
  };
}

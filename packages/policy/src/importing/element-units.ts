import { InputError } from '@praxis/core';
import type { ForeignVector } from './foreign-policy.ts';
import { type Inquiry, rangeOf } from './inquiry.ts';

const figure = (value: number): string => String(Number(value.toPrecision(3)));

/** What the statistics say of an element's unit, as the end of a question. */
function reach(vector: Pick<ForeignVector, 'name' | 'normalisation'>, i: number, element: string): string {
  const range = rangeOf(vector, i);
  return range ? `; ${element} of ${vector.name} was between ${figure(range[0])} and ${figure(range[1])}` : '';
}

/**
 * Unit in which the network has a joint.
 * @param unit SI unit of the robot's joint; one that slides is in metres
 * @param i index of the element in the vector
 */
export function jointUnit(
  unit: string,
  vector: Pick<ForeignVector, 'name' | 'normalisation'>,
  i: number,
  element: string,
  { answers, ask }: Inquiry,
): string | undefined {
  if (!unit.startsWith('rad')) return unit;
  const chosen =
    answers.jointUnit ??
    ask({
      option: '--joint-unit',
      prefix: '',
      form: 'rad|deg',
      text: `unit of the joints in the data${reach(vector, i, element)}`,
    });
  return chosen && `${chosen}${unit.slice('rad'.length)}`;
}

/** Unit in which the network has the gripper, and the range of its numbers where they are an opening. */
export function gripperUnit(
  vector: Pick<ForeignVector, 'name' | 'normalisation'>,
  i: number,
  element: string,
  { answers, ask }: Inquiry,
): 'm' | 'mm' | '%' | '1' | undefined {
  return (
    answers.gripperUnit ??
    ask({
      option: '--gripper-unit',
      prefix: '',
      form: 'm|mm|%|1',
      text: `unit of the gripper in the data: its width, or its opening from 0 to 100 or to 1${reach(vector, i, element)}`,
    })
  );
}

/** The names of a vector's elements as the robot has them: the user's, or those of the data where the robot has all of them. */
export function elementNamesOf(
  { name, size, names }: Pick<ForeignVector, 'name' | 'size' | 'names'>,
  known: (element: string) => boolean,
  offered: readonly string[],
  { answers, robot, ask }: Inquiry,
): readonly string[] | undefined {
  const given = answers.elements.get(name);
  if (given) {
    if (given.length !== size) {
      throw new InputError(`--elements ${name}=${given.join(',')}: ${given.length} names, expected ${size}`);
    }
    const wrong = given.find((each) => !known(each));
    if (wrong === undefined) return given;
    throw new InputError(
      `--elements ${name}=${given.join(',')}: robot ${robot.name} has no ${wrong}, only ${offered.join(', ')}`,
    );
  }
  if (names?.length === size && names.every(known)) return names;
  const data = names ? `, which the data call ${names.join(', ')}` : '';
  return ask({
    option: '--elements',
    prefix: `${name}=`,
    form: `<${size} names>`,
    text: `in this order, out of ${offered.join(', ')}${data}`,
  });
}

import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { parseQuantity, type Quantity } from './quantity.ts';

describe('parseQuantity', () => {
  const good: readonly (readonly [string, Quantity, number])[] = [
    ['5 cm', 'length', 0.05],
    ['5cm', 'length', 0.05],
    ['-2 mm', 'length', -0.002],
    ['2 inches', 'length', 0.0508],
    ['3 feet', 'length', 0.9144],
    ['0.5 metres', 'length', 0.5],
    ['12 centimetres', 'length', 0.12],
    ['30 degrees', 'angle', Math.PI / 6],
    ['90°', 'angle', Math.PI / 2],
    ['1e-1 rad', 'angle', 0.1],
    ['250 g', 'mass', 0.25],
    ['3 newtons', 'force', 3],
    ['1 lbf', 'force', 4.4482216152605],
    ['2 Nm', 'torque', 2],
    ['10 cm/s', 'speed', 0.1],
    ['90 deg/s', 'angular velocity', Math.PI / 2],
    ['2 m/s^2', 'acceleration', 2],
    ['100 ms', 'time', 0.1],
    ['20 Hz', 'frequency', 20],
  ];
  it.each(good)('%s is a %s of %d', (text, quantity, value) => {
    expect(parseQuantity(text, quantity)).toBeCloseTo(value, 12);
  });

  const bad: readonly (readonly [string, Quantity, RegExp])[] = [
    ['5', 'length', /^"5": has no unit, expected a length such as "5 m"$/],
    ['5 kg', 'length', /measures something else, expected a length/],
    ['30 degrees', 'length', /measures something else/],
    ['5 cm', 'angle', /expected an angle such as "5 rad"/],
    ['half a metre', 'length', /not a finite number with a unit/],
    ['cm', 'length', /not a finite number/],
    ['', 'length', /not a finite number/],
    ['1e999 m', 'length', /not a finite number/],
    ['5 parsnips', 'length', /not a finite number/],
    ['5 m^0.5', 'length', /not a finite number/],
  ];
  it.each(bad)('refuses %j as a %s', (text, quantity, message) => {
    expect(() => parseQuantity(text, quantity)).toThrow(InputError);
    expect(() => parseQuantity(text, quantity)).toThrow(message);
  });

  it('reads a number without a unit as SI only on request', () => {
    expect(parseQuantity('-0.25', 'angle', 'si')).toBe(-0.25);
    expect(() => parseQuantity('1e999', 'angle', 'si')).toThrow(InputError);
  });
});

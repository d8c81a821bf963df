import { InputError } from '@praxis/core';
import { parseUrdf } from '@praxis/model';
import { expect, it } from 'vitest';
import { checkMasses } from './masses.ts';

const robotWith = (b: string, c = '') =>
  parseUrdf(`<robot name="r"><link name="a"/><link name="b">${b}</link><link name="c">${c}</link>
    <joint name="j" type="continuous"><parent link="a"/><child link="b"/><axis xyz="0 0 1"/></joint>
    <joint name="k" type="fixed"><parent link="b"/><child link="c"/></joint></robot>`);
const inertial = (ixx: number, iyy: number, izz: number, ixy = 0) =>
  `<inertial><mass value="1"/><inertia ixx="${ixx}" iyy="${iyy}" izz="${izz}" ixy="${ixy}" ixz="0" iyz="0"/></inertial>`;

it('inertias that a body can have pass unchanged', () => {
  const model = robotWith(inertial(1, 2, 2.9));
  expect(checkMasses(model)).toEqual({ model, warnings: [] });
});

it('principal moments 1, 2, 4 are balanced to 1.5, 2.5, 4, and the warning says by how much', () => {
  const { model, warnings } = checkMasses(robotWith(inertial(1, 2, 4)));
  const [xx, , , yy, , zz] = model.links[1].inertial!.inertia;
  expect([xx, yy, zz].map((each) => Number(each.toFixed(6)))).toEqual([1.5, 2.5, 4]);
  expect(xx + yy).toBeGreaterThanOrEqual(zz);
  expect(warnings).toEqual([
    'link "b": its principal moments of inertia break the rule A + B >= C by 1.00 kg m^2 (25.0 % of the greatest); the lesser two are raised by 0.500 kg m^2 each',
  ]);
});

it('a turned inertia is balanced about its own axes', () => {
  // Principal moments 1 and 3 about the diagonals of x and y, and 0.5 about z.
  const { model } = checkMasses(robotWith(inertial(2, 2, 0.5, 1)));
  const [xx, xy, , yy, , zz] = model.links[1].inertial!.inertia;
  expect([xx, yy, zz, xy].map((each) => Number(each.toFixed(6)))).toEqual([2.375, 2.375, 1.25, 0.625]);
});

it('a link that a joint moves needs a mass, its own or that of a link fixed to it', () => {
  expect(checkMasses(robotWith('', inertial(1, 1, 1))).warnings).toEqual([]);
  expect(() => checkMasses(robotWith(''))).toThrow(
    new InputError('robot r: link "b": no <inertial> with a mass, which physics needs of each link that a joint moves'),
  );
});

it('a frame with a mass of a microgram, as exporters write it, is a frame without mass', () => {
  const dust = '<inertial><mass value="1e-9"/><inertia ixx="0" iyy="0" izz="0" ixy="0" ixz="0" iyz="0"/></inertial>';
  const { model, warnings } = checkMasses(robotWith(inertial(1, 1, 1), dust));
  expect(model.links[2].inertial).toBeUndefined();
  expect(warnings).toEqual([]);
});

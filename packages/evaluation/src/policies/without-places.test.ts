import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { pick, setupOf } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { expect, it } from 'vitest';
import { drawProbes } from './check-policy.ts';

it('a robot that reaches no place for a task is tried at home, and one warning says why', async () => {
  const { definition, model } = setupOf({ urdf: armUrdf() });
  const [{ joints, home }] = Object.values(definition.arms);
  // No joint moves by more than 3 degrees.
  const narrow = model.joints.map((joint) => {
    const at = home[joints.indexOf(joint.name)];
    return at === undefined || !joint.limit
      ? joint
      : { ...joint, limit: { ...joint.limit, lower: at - 0.05, upper: at + 0.05 } };
  });
  const robot = { definition: { ...definition, taskArea: undefined }, model: { ...model, joints: narrow } };
  const policy = await loadPolicyFromDirectory(DEFAULT_POLICY_FOLDER);
  try {
    const { probes, remarks } = await drawProbes({ policy, robot: { robot }, tasks: [pick], scenes: 1 });
    expect(remarks.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`)).toEqual([
      expect.stringMatching(
        /^warning task pick: left out: robot praxis_arm: it reaches no area of 9 cm .* give "taskArea"$/,
      ),
    ]);
    expect(probes.length).toBeGreaterThan(0);
    expect(probes.every(({ label }) => label === undefined)).toBe(true);
  } finally {
    await policy.close();
  }
}, 60_000);

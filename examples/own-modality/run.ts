/**
 * Runs a policy with a modality of your own: a vibration sensor in the hand, an encoder for it (`vibration.onnx`) and a fusion
 * trained with it, without a change inside any package. The motor in the hand runs slowly or fast and belongs on the left or
 * the right plate; only the vibration determines which.
 *
 *   npx tsx -C praxis-source examples/own-modality/run.ts               runs 20 episodes with the sensor and the same 20 without
 *   npx tsx -C praxis-source examples/own-modality/run.ts 100           runs 100 of each
 *
 * To train the model again, run record.ts, then train.py.
 */
import { fileURLToPath } from 'node:url';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { drawMotor, motorTask } from './motor.ts';
import { VibrationRobot } from './sensor.ts';

/** Seeds of reported results start here. */
const FIRST_SEED = 2_000_000;
const episodes = Number(process.argv[2] ?? 20);
const policy = await loadPolicyFromDirectory(fileURLToPath(new URL('model', import.meta.url)));

for (const mask of [[], ['vibration']]) {
  let successes = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + episodes; seed++) {
    const { success } = await runEpisode({
      task: motorTask,
      seed,
      urdf: armUrdf(),
      policy,
      scheduler: new RecedingHorizon(),
      mask,
      wrapRobot: (arm) => new VibrationRobot(arm, drawMotor(seed), seed),
    });
    if (success) successes++;
  }
  console.log(`${mask.length > 0 ? 'without' : 'with'} vibration: ${successes} of ${episodes}`);
}
await policy.close();

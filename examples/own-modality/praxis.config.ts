/**
 * Registers a sensor, a task that only this sensor can solve, and a policy that uses it, without a change inside any package:
 *
 *   npx praxis eval --config examples/own-modality/praxis.config.ts --task motor --policy vibration --episodes 200
 *   npx praxis eval --config examples/own-modality/praxis.config.ts --task motor --policy vibration --mask vibration
 *
 * To train the policy again, run record.ts, then train.py.
 */
import { defineConfig } from '@praxis/evaluation/config';
import { motorTask } from './motor.ts';
import { vibration } from './sensor.ts';

export default defineConfig({ tasks: [motorTask], modalities: [vibration], policies: { vibration: './model' } });

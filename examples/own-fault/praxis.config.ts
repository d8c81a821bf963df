/**
 * Registers the fault `grip_lost`:
 *
 *   npx praxis eval --config examples/own-fault/praxis.config.ts --task pick --fault grip_lost --episodes 5
 */
import { defineConfig } from '@praxis/evaluation/config';
import { defineFault } from '@praxis/sim';

/** Distance between the fingers of the open gripper (m). */
const OPEN_WIDTH_M = 0.08;

const gripLost = defineFault('grip_lost', 'the gripper opens and stays open', ({ transport }) => {
  transport.commandTransform = (command) => {
    command.gripperWidth = OPEN_WIDTH_M;
  };
});

export default defineConfig({ faults: [gripLost] });

import { program } from '@praxis/cli';
import { Language, languageDocument } from '@praxis/teleop';
import type { Command } from 'commander';
import { manifestSchema } from '../../packages/policy/src/manifest/manifest.ts';
import { wireSpecSchema } from '../../packages/policy/src/remote/wire-spec.ts';
import { LOOP_PARAMETERS } from '../../packages/ros/src/loop/parameters.ts';
import { POLICY_PARAMETERS } from '../../packages/ros/src/nodes/policy/parameters.ts';
import { RECORD_PARAMETERS } from '../../packages/ros/src/nodes/record/parameters.ts';
import { SIM_PARAMETERS } from '../../packages/ros/src/nodes/sim/parameters.ts';
import { SPEECH_PARAMETERS } from '../../packages/ros/src/nodes/speech/parameters.ts';
import { SUPERVISOR_PARAMETERS } from '../../packages/ros/src/nodes/supervisor/parameters.ts';
import { TELEOP_PARAMETERS } from '../../packages/ros/src/nodes/teleop/motion.ts';
import { GROUP_PARAMETERS } from '../../packages/ros/src/output/group-outputs.ts';
import { ROBOT_PARAMETERS } from '../../packages/ros/src/robot/parameters.ts';
import { commandLinePage } from './command-line.ts';
import { manifestPage } from './manifest.ts';
import { policyManifestPage } from './policy-manifest.ts';
import { policyWirePage } from './policy-wire.ts';
import { rosParametersPage } from './ros-parameters.ts';

/** Pages of `docs/` that are made from code, by file name: `npm run docs` writes them, and a test holds them to be current. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  'command-line.md': () => commandLinePage(program() as unknown as Command),
  'manifest.md': () => manifestPage(manifestSchema),
  'policy-manifest.md': policyManifestPage,
  'policies-over-the-network.md': () => policyWirePage(wireSpecSchema),
  'ros2-parameters.md': () =>
    rosParametersPage(
      ROBOT_PARAMETERS,
      LOOP_PARAMETERS,
      {
        policy_node: POLICY_PARAMETERS,
        teleop_node: TELEOP_PARAMETERS,
        supervisor_node: SUPERVISOR_PARAMETERS,
        sim_node: SIM_PARAMETERS,
        speech_node: SPEECH_PARAMETERS,
        record_node: RECORD_PARAMETERS,
      },
      GROUP_PARAMETERS,
    ),
  'voice-commands.md': () => languageDocument(new Language()),
};

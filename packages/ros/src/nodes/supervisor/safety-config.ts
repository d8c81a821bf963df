import { readFileSync } from 'node:fs';
import { errorMessage, InputError } from '@praxis/core';
import { DEFAULT_SAFETY, parseSafetyConfig, type SafetyConfig } from '@praxis/safety';
import { SIM_SAFETY, teleoperation } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';

/**
 * What ROS 2 changes: samples and heartbeats pass through the event loops of two processes, which a busy machine delays. Silence of
 * the commands, which come at 500 Hz, is what tells that the policy's node is gone; its heartbeat tells of a policy that is
 * stuck in a process of its own, and waits for an inference.
 */
const relaxedForRos = (config: SafetyConfig): SafetyConfig => {
  const { streams, heartbeats } = config.watchdog;
  return {
    ...config,
    watchdog: {
      ...config.watchdog,
      streams: {
        ...streams,
        wrench: { ...streams.wrench, deadline: 0.1 },
        joints: { ...streams.joints, deadline: 0.1 },
      },
      command: { ...config.watchdog.command, deadline: 0.042 },
      heartbeats: {
        loop: { ...heartbeats.loop, deadline: 0.1 },
        policy: { ...heartbeats.policy, deadline: 0.15 },
      },
    },
    // A target that is late on its way jerks the arm, and its inertia is felt as up to 13 N (measured in the simulator).
    force: config.force && { ...config.force, free: DEFAULT_SAFETY.force!.free },
  };
};

/** @throws {InputError} when the file is not there, is no JSON, or says something that is wrong. */
export function safetyConfigOf(value: string): SafetyConfig {
  if (value === '') return relaxedForRos(DEFAULT_SAFETY);
  if (value === 'sim') return relaxedForRos(SIM_SAFETY);
  if (value === 'teleop') return relaxedForRos(teleoperation(armUrdf()).safety);
  let text: string;
  try {
    text = readFileSync(value, 'utf8');
  } catch (cause) {
    throw new InputError(`parameter safety_config: ${value} cannot be read`, { cause });
  }
  try {
    return parseSafetyConfig(JSON.parse(text), relaxedForRos(DEFAULT_SAFETY));
  } catch (cause) {
    const why = errorMessage(cause);
    throw new InputError(`parameter safety_config: ${value}: ${why}`, { cause });
  }
}

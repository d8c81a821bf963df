import { readFileSync } from 'node:fs';
import { errorMessage, InputError } from '@praxis/core';
import { DEFAULT_SAFETY, parseSafetyConfig, type SafetyConfig } from '@praxis/safety';
import { SIM_SAFETY, teleoperation } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';

/**
 * The configuration with longer deadlines for ROS 2: samples and heartbeats pass through the event loops of two processes,
 * which a busy machine delays. The deadline of the commands (500 Hz) detects the loss of the policy's node. The deadline of
 * the policy's heartbeat detects a blocked policy process and is longer than an inference.
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
    // A delayed target jerks the arm, and its inertia reads as up to 13 N at the sensor (measured in the simulator).
    force: config.force && { ...config.force, free: DEFAULT_SAFETY.force!.free },
  };
};

/**
 * The safety configuration that the parameter `safety_config` selects.
 * @param value empty, `sim`, `teleop`, or the path of a JSON file
 * @throws {InputError} when the file cannot be read, is not JSON, or holds an invalid value.
 */
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
    throw new InputError(`parameter safety_config: ${value}: ${errorMessage(cause)}`, { cause });
  }
}

import { cos, type SignalSpec, sin } from '@praxis/core';
import type { ModalityDefinition, ModalityTopic } from '@praxis/sim';
import { drawMotor, type Motor } from './motor.ts';

/** Spec of the new sensor. No package names its modality, `vibration`. */
export const VIBRATION = {
  name: 'vibration',
  modality: 'vibration',
  dtype: 'float64',
  shape: [3],
  unit: 'm / s^2',
  frame: 'tool0',
  rateHz: 100,
} as const satisfies SignalSpec;

/** Standard deviation of the noise in one sample (m/s^2). */
const NOISE_STD_M_S2 = 0.4;
const FULL_TURN_RAD = 6.283185307179586;

/** The field of `sensor_msgs/msg/Imu` that the sensor fills (m/s^2, in the frame of the header). */
interface Imu {
  readonly linear_acceleration: { readonly x: number; readonly y: number; readonly z: number };
}

/** The sensor in ROS 2: the simulator publishes and the policy's node reads `vibration`, as the driver of a real IMU would fill it. */
const topic: ModalityTopic = {
  type: 'sensor_msgs/msg/Imu',
  read: ({ linear_acceleration: { x, y, z } }: Imu) => Float64Array.of(x, y, z),
  write: ([x, y, z]: Float64Array, header) => ({ header, linear_acceleration: { x, y, z } }),
};

/**
 * An accelerometer in the hand that measures a motor's vibration: an unbalanced mass turns about the tool's z and accelerates the
 * hand along x and y with a phase shift of a quarter turn.
 */
export const vibrationOf = (motorOf: (seed: number) => Motor): ModalityDefinition => ({
  spec: VIBRATION,
  simulate({ seed, random }) {
    const { frequencyHz, amplitude, phaseAngle } = motorOf(seed);
    const noise = () => random.normal(0, NOISE_STD_M_S2);
    return (time) => {
      const angle = FULL_TURN_RAD * frequencyHz * time + phaseAngle;
      return Float64Array.of(amplitude * cos(angle) + noise(), amplitude * sin(angle) + noise(), noise());
    };
  },
  topic,
});

/** The sensor with the motor of the episode. */
export const vibration = vibrationOf(drawMotor);

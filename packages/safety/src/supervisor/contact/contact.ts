import type { Kinematics, SignalSpec, ToolLoad, Wrench } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { SafetyConfig } from '../../config/safety-config.ts';
import type { CommandFilter } from '../../filter/command-filter.ts';
import type { Monitor } from '../monitors/monitor.ts';
import type { MeasuredArm } from '../states/measured-arm.ts';
import { EffortMonitor, ExternalTorqueMonitor } from './external-torque-monitor.ts';
import type { Expectation } from './force-monitor.ts';
import { ForceMonitor } from './force-monitor.ts';
import { MomentumObserver } from './momentum-observer.ts';
import { BodyRegionMonitor } from './region-monitor.ts';
import { Retreat } from './retreat.ts';

/** The arm, its sensors and the configuration for the monitoring of contact. */
export interface ContactOptions {
  /** Joints of the command, in its order, without the gripper. */
  readonly names: readonly string[];
  readonly model: RobotModel;
  /** Kinematics from the base to the tool. */
  readonly kinematics: Kinematics;
  readonly config: SafetyConfig;
  /** Time between two ticks (s). */
  readonly period: number;
  /** The stream of the wrist sensor. Without it or without `tool` only the joints' torques are monitored. */
  readonly wrench: SignalSpec | undefined;
  /** The load on the wrist sensor. */
  readonly tool: ToolLoad | undefined;
  readonly filter: CommandFilter;
  readonly arm: MeasuredArm;
}

/** Monitors contact by the wrist sensor and the joints' torques, and holds the retreat from contact. */
export class Contact {
  /** Monitors of contact, which stop a ready arm too. */
  readonly monitors: readonly Monitor[];
  /** Monitors of what the monitors of contact need. */
  readonly inputMonitors: readonly Monitor[];
  readonly retreat: Retreat | undefined;
  readonly #arm: MeasuredArm;
  readonly #force: ForceMonitor | undefined;
  readonly #regions: BodyRegionMonitor | undefined;
  readonly #observer: MomentumObserver | undefined;
  readonly #torque: ExternalTorqueMonitor | undefined;

  /** @throws {InputError} on a configuration of joints that the robot lacks. */
  constructor(options: ContactOptions) {
    const { config, kinematics, model, names, period, wrench, tool, filter, arm } = options;
    this.#arm = arm;
    const { force } = config;
    const { contact } = config.filter;
    if (force && wrench && tool) {
      this.#force = new ForceMonitor(force, tool, wrench.rateHz);
      if (contact && contact.exposed.length > 0) this.#regions = new BodyRegionMonitor(force, contact);
      if (force.reaction === 'retreat') {
        this.retreat = new Retreat(force.retreat, filter, this.#force, kinematics, names, period);
      }
    }
    if (force?.externalTorque) {
      this.#observer = new MomentumObserver(model, names, force.externalTorque);
      this.#torque = new ExternalTorqueMonitor(names, this.#observer.torque, force.externalTorque, force.stop);
    }
    this.inputMonitors = force?.externalTorque ? [new EffortMonitor(arm, force.stop)] : [];
    this.monitors = [this.#force, this.#regions, this.#torque].filter((monitor) => monitor !== undefined);
  }

  observeWrench(measured: Wrench, stamp: number, now: number): void {
    if (this.#force?.observe(measured, stamp, this.#arm, now)) this.#regions?.observe(this.#force.magnitude, now);
  }

  /** Updates the momentum observer after a measurement of the joints; without efforts it does nothing. */
  observeJoints(stamp: number): void {
    if (!this.#observer) return;
    if (this.#arm.hasEffort) this.#observer.observe(this.#arm.position, this.#arm.velocity, this.#arm.effort, stamp);
    else this.#observer.restart();
    this.#torque?.evaluate();
  }

  setExpectation(what: Expectation): void {
    this.#force?.expectation.set(what);
  }

  tare(): void {
    this.#force?.tare();
    this.#regions?.restart();
  }

  /** Restarts everything that depends on time after a jump of the clock. */
  restartTiming(): void {
    this.#observer?.restart();
    this.#force?.expectation.restartTiming();
    this.#regions?.restart();
    this.retreat?.end();
  }
}

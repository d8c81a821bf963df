import type { Policy, PolicySpec } from '@praxis/core';
import { planLimits } from '@praxis/evaluation/planning';
import type { VocabularyExtension } from '@praxis/policy';
import {
  armTeleoperation,
  type Episode,
  type EpisodeOptions,
  type RobotChoice,
  type RobotSetup,
  setupOf,
  teleoperation,
} from '@praxis/sim';
import { HandPolicy, Language, MotionPolicy, SwitchedPolicy } from '@praxis/teleop';
import type { FromEpisode } from '../protocol/protocol.ts';
import { Conversation, type EpisodeDialogue } from './conversation.ts';
import { HandDialogue } from './hand-dialogue.ts';
import type { PlanningSetup } from './planning/planning-setup.ts';
import { PolicyDialogue } from './policy-dialogue.ts';
import type { TelemetryOptions } from './telemetry.ts';

/** What moves the robot in one episode, and the dialogue about it. */
export interface EpisodeDriver extends Pick<TelemetryOptions, 'learnedStamp'> {
  readonly policy: EpisodeOptions['policy'];
  /** The policy that a replay of a recording runs in its place; undefined for what cannot be replayed. */
  readonly replayed: PolicySpec | undefined;
  /** Opens the dialogue of an episode of {@link policy}. */
  open(episode: Episode, post: (message: FromEpisode) => void): EpisodeDialogue;
}

/** A learned policy with the words that it adds to the vocabulary. */
export type LearnedPolicy = Policy & { readonly extension: VocabularyExtension };

/**
 * Drives one arm: by the learned policy, or without one by the task's script; words take the arm over.
 * @param planningOf what plans need in an episode. Default: requests go to the policy
 */
export function oneArmDriver(
  robot: RobotChoice,
  learned: LearnedPolicy | undefined,
  planningOf?: (episode: Episode) => PlanningSetup,
): EpisodeDriver {
  const { gripper, baseLink: baseFrame } = setupOf(robot);
  const { safety: _, ...cell } = teleoperation(robot);
  const own = gripper ? { maximumWidth: gripper.range[1] } : {};
  const limits = planningOf ? planLimits(robot) : own;
  let switched: SwitchedPolicy | undefined;
  return {
    policy: (expert) => {
      const driver = learned ?? expert;
      switched = new SwitchedPolicy(driver, new MotionPolicy({ ...cell, baseFrame, limits, timing: driver.spec }));
      return switched;
    },
    replayed: learned?.spec,
    learnedStamp: () => switched?.learnedStamp,
    open: (episode, post) =>
      new Conversation({
        ...{ episode, policy: switched!, language: new Language(learned?.extension), post },
        ...(planningOf ? { planning: planningOf(episode) } : {}),
      }),
  };
}

/** Lets the user drive a robot of several arms, or a base, by hand. */
export function handDriver(setup: RobotSetup): EpisodeDriver {
  const arms = setup.arms.map((arm) => {
    const limits = arm.gripper ? { maximumWidth: arm.gripper.range[1] } : {};
    const motion = new MotionPolicy({ ...armTeleoperation(setup, arm), baseFrame: arm.baseLink, limits });
    return [arm.name, { motion, gripper: arm.gripper ? 'present' : 'absent' } as const] as const;
  });
  const policy = new HandPolicy({ arms: Object.fromEntries(arms), bases: setup.bases.map(({ name }) => name) });
  let opened: Episode | undefined;
  return {
    policy,
    replayed: undefined,
    learnedStamp: () => opened?.loop.lastChunk?.stamp,
    open: (episode, post) => {
      opened = episode;
      return new HandDialogue({ episode, policy, language: new Language(), post });
    },
  };
}

/** Drives a robot of several arms, or a base, by the user's policy alone. */
export function policyDriver(learned: LearnedPolicy): EpisodeDriver {
  let opened: Episode | undefined;
  return {
    policy: learned,
    replayed: learned.spec,
    // Every chunk is the policy's.
    learnedStamp: () => opened?.loop.lastChunk?.stamp,
    open: (episode, post) => {
      opened = episode;
      return new PolicyDialogue({ episode, language: new Language(learned.extension), post });
    },
  };
}

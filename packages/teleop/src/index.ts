export { answerQuestion } from './dialogue/answers.ts';
export { describeGoal } from './dialogue/describe-goal.ts';
export { type DialogueState, VoiceDialogue } from './dialogue/dialogue.ts';
export { languageDocument } from './dialogue/document.ts';
export type { Effect, MotionGoal } from './dialogue/goal.ts';
export { DEFAULT_DIALOGUE_LIMITS, type DialogueLimits } from './dialogue/limits.ts';
export { loopSnapshot, type Snapshot } from './dialogue/snapshot.ts';
export { type Addressee, WAKE_WINDOW_S, WakeWindow } from './dialogue/wake-window.ts';
export { type CapturedValue, Captures } from './language/captures.ts';
export {
  type CommandRow,
  DEFAULT_ROTATION_RAD,
  DEFAULT_STEP_M,
  FASTER_FACTOR,
  SLOWER_FACTOR,
} from './language/commands.ts';
export { type CompiledRuleForm, Grammar, type Parse, type Rule, type RuleForm } from './language/grammar.ts';
export { admitIntent, type InstructionVerdict, judgeInstruction } from './language/instruction-gate.ts';
export { type Axis, type Frame, type Intent, type IntentKind, TOPICS, type Topic } from './language/intent.ts';
export { jsgfOf, wordsOfGrammar } from './language/jsgf.ts';
export { type CompiledCommandRow, type InterpretContext, Language } from './language/language.ts';
export { wordsIn } from './language/normalise.ts';
export type { PatternNode } from './language/notation.ts';
export { REQUEST_PATTERNS, withRequests } from './language/request-patterns.ts';
export { isSpoken, sampleWording } from './language/sample.ts';
export { type SentenceKind, sentenceKind } from './language/sentence-kind.ts';
export { Vocabulary } from './language/vocabulary.ts';
export { WakeWord } from './language/wake-word.ts';
export { type GoalOutcome, type GoalResult, resultInWords } from './motion/goal-result.ts';
export { type HandArm, HandPolicy, type HandPolicyOptions } from './motion/hand-policy.ts';
export type { MotionPolicyOptions } from './motion/motion-options.ts';
export { MotionPolicy } from './motion/motion-policy.ts';
export type { PilotedArm } from './motion/piloted-arm.ts';
export { PoseActions } from './motion/pose-actions.ts';
export { SwitchedPolicy } from './motion/switched-policy.ts';
export {
  type PilotEvent,
  type SupervisionPhase,
  supervisionPhase,
  VoicePilot,
  type VoicePilotOptions,
} from './motion/voice-pilot.ts';

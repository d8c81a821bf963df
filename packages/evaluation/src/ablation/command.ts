import type { AblationPlan } from './plan.ts';

const inShell = (word: string): string => (/^[\w.,:/@%=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** The command line that makes an ablation in a folder. */
export function ablationCommand(plan: AblationPlan, out: string): string {
  const { data, steps, training, arms, trainingSeeds, tasks, seed, episodes, robot, config } = plan;
  const words = [
    ...['npx', 'praxis', 'ablate'],
    ...data.flatMap(({ path, weight }) => ['--data', weight === 1 ? path : `${path}:${weight}`]),
    ...['--steps', String(steps), '--arms', arms.join(','), '--training-seeds', String(trainingSeeds)],
    ...['--tasks', tasks.join(','), '--episodes', String(episodes), '--seed', String(seed)],
    ...(robot === undefined ? [] : ['--robot', robot]),
    ...(config === undefined ? [] : ['--config', config]),
    ...['--out', out],
    ...(training.length > 0 ? ['--', ...training] : []),
  ];
  return words.map(inShell).join(' ');
}

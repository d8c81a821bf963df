import { type Command, Option } from '@commander-js/extra-typings';
import { names, perturbations, pictureSize, seed, wholeNumber } from '../options/parsers.ts';
import {
  ACCEPT_ROBOT_HELP,
  ARM_HELP,
  configOption,
  PERTURB_HELP,
  POLICY_HELP,
  POLICY_SPEC_HELP,
  projectOf,
  ROBOT_HELP,
} from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { tasksForPolicy } from '../options/tasks.ts';
import { interruptSignal, PARTIAL } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

export function addFilm(praxis: Command): void {
  praxis
    .command('film')
    .description('film episodes: an MP4 and a strip of pictures for each task')
    .requiredOption('--task <names>', 'tasks, one episode each, separated by commas, or all', names)
    .requiredOption('--out <dir>', 'folder that gets TASK-SEED.mp4 and TASK-SEED.jpg')
    .option('--seed <s>', 'seed of the episodes', seed, 2_000_000)
    .option('--policy <policy>', `${POLICY_HELP}, or expert (default: the shipped policy)`)
    .option('--policy-spec <file>', POLICY_SPEC_HELP)
    .option('--robot <dir>', ROBOT_HELP)
    .option('--arm <name>', ARM_HELP)
    .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
    .addOption(configOption())
    .option('--perturb <axes>', PERTURB_HELP, perturbations)
    .addOption(
      new Option('--size <size>', 'width and height of the film (pixels)')
        .argParser(pictureSize)
        .default(pictureSize('640x480'), '640x480'),
    )
    .option('--strip <n>', 'number of pictures of a strip, each of half the size', wholeNumber('--strip', 2, 24), 5)
    .option('--overwrite', 'overwrite films that exist')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A film shows robot and table from the front, 25 pictures per second of simulated time. It is Motion JPEG, which FFmpeg, PyAV and players
built on them read, and browsers do not. The strip has pictures at equal distances over the episode, with instruction and outcome below.

Examples:
  $ npx praxis film --task pick --policy expert --seed 2000000 --out films
  $ npx praxis film --task all --policy expert --out films --strip 6 --size 1280x720
  $ npx praxis film --task pick,sort --out films --perturb light:2,background:2
  $ npx praxis film --task pick --robot robots/arm5 --policy expert --out films --overwrite`,
    )
    .action(async ({ json, out, size, strip, overwrite, ...options }) => {
      const { filmEpisodes, openDriver, policyFacts, policySource, robotChoice, workingArmOf } = await import(
        '@praxis/evaluation'
      );
      const { outcomeInWords } = await import('@praxis/sim');
      const { progress } = await import('../terminal/progress.ts');
      const project = await projectOf(options.config);
      const { registry } = project;
      const source = policySource(options.policy, project, options.policySpec);
      const known = options.task === 'all' ? registry.policyTaskNames : registry.tasks.names;
      const tasks = tasksForPolicy(options.task, known, policyFacts(source)?.tasks);
      const robot = await chosenRobot(options.robot, project);
      workingArmOf(await robotChoice(robot, options.arm));
      // Ctrl-C is answered although an inference does not end.
      const driver = await openDriver(source, [], 'process');
      const { signal, release } = interruptSignal('complete films are kept');
      const films = [];
      try {
        for await (const film of filmEpisodes({
          ...{ driver, robot, size, signal, seed: options.seed, out, stripPictures: strip },
          ...{ arm: options.arm, acceptRobot: options.acceptRobot, perturbations: options.perturb },
          tasks: tasks.map((name) => registry.tasks.find(name)),
          modalities: registry.modalities.values,
          existing: overwrite ? 'overwrite' : 'refuse',
          startProgress: progress,
        })) {
          films.push(film);
          const line = `${film.task} ${film.seed}  "${film.instruction}"  ${outcomeInWords(film)}  ${film.timeS.toFixed(1)} s  ${film.film}`;
          if (json) note(line);
          else print(line);
        }
      } finally {
        release();
      }
      const partial = films.length < tasks.length;
      if (partial) note(PARTIAL);
      if (json) printJson({ policy: driver.name, films, ...(partial ? { partial } : {}) });
      process.exitCode = partial ? EXIT.interrupted : EXIT.ok;
    });
}

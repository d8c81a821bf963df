import { Option } from '@commander-js/extra-typings';

/** The option that says where a LeRobotDataset has its pictures. @param description of its values, and of the default */
export const picturesOption = (description: string) =>
  new Option('--pictures <place>', description).choices(['table', 'mp4'] as const);

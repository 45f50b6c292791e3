import type { zhFiles } from '../zh/files.ts';

export const enFiles: Record<keyof typeof zhFiles, string> = {
  'files.title': 'Files',
  'files.add': 'Add a file ({most} MB at most)',
  'files.nameless': 'file',
  'files.unscanned': 'not looked at for malware',
  'files.gone.expired': 'its period is over',
  'files.gone.erased': 'erased',
  'files.gone.removed': 'removed',
  'files.remove': 'Remove',
  'files.remove-one': 'Remove “{name}”',
};

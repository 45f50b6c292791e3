import type { zhImports } from '../zh/imports.ts';

export const enImports: Record<keyof typeof zhImports, string> = {
  'nav.imports': 'Import',
  'import.title': 'Import tables',
  'import.kinds': 'What is imported',
  'import.columns': 'Heads',
  'import.required': 'required',
  'import.file': '{endings}; texts in UTF-8 or GB18030',
  'import.choose': 'Choose a file',
  'import.look': 'Look at it',
  'import.apply': 'Write {n} rows',
  'import.nothing': 'nothing would be written',
  'import.faulty': 'Correct everything first: not one row is written before',
  'import.done': 'Written: {fresh} new, {changed} changed',
  'import.counts': '{fresh} new · {changed} changed · {same} as they were · {faulty} faulty rows',
  'import.pick': 'No table chosen',
  'import.pick-text':
    'Choose a file and look at it first: what would be added, what would change, which cell is wrong. Try as often as needed.',
  'import.word':
    'A Word file: one article for each heading (style “Heading 1”). Lines such as “keywords: …” or “valid until: …” right below it fill the columns of that name, the rest is the text; pictures are left out. “Line” is the paragraph.',
  'import.line': 'Line',
  'import.column': 'Column',
  'import.expected': 'Expected',
  'import.found': 'Found',
  'import.remedy': 'What to do',
  'import.change': 'Change',
  'import.change.fresh': 'new',
  'import.change.changed': 'changed',
  'import.change.same': 'same',
  'import.content': 'Content',
  'import.too-large': 'The file is larger than 16 MB: split it',
};

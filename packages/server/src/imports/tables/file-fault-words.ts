import { type Bilingual, both } from './table-kind.ts';

/** What the readers of files expect, in Chinese. */
const zh: Readonly<Record<string, string>> = {
  'a .csv, .tsv, .txt or .xlsx file': '.csv、.tsv、.txt 或 .xlsx 文件',
  'an .xlsx workbook': '完好的 .xlsx 工作簿',
  'a .docx document': '完好的 .docx 文档',
  'headings of a heading style, one for each article': '用“标题 1”等标题样式分篇，每个标题一篇',
  'text in UTF-8 or GB18030': 'UTF-8 或 GB18030 编码的文本',
  'UTF-8 or GB18030': 'UTF-8 或 GB18030 编码',
  'a well-formed table': '格式完整的表格',
};

export const expectedWords = (expected: string): Bilingual => both(zh[expected] ?? expected, expected);

const saveAsTable = both('另存为 xlsx 或 csv（UTF-8 或 GB18030）再试', 'save it as xlsx or csv (UTF-8 or GB18030) and try again');
const saveAsWord = both(
  '在 Word 或 WPS 中打开，去掉密码，另存为 docx 再试',
  'open it in Word or WPS, take its password off, save it as docx and try again',
);

export const fileRemedy = (file: string): Bilingual => (/\.docx?$/i.test(file) ? saveAsWord : saveAsTable);

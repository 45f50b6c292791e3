import { zipSync } from 'fflate';

const ns =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

const styles = ['Title', 'heading 1', 'heading 2']
  .map((name) => `<w:style w:type="paragraph" w:styleId="${name.replace(' ', '')}"><w:name w:val="${name}"/></w:style>`)
  .join('');
const level = (format: string) =>
  `<w:abstractNum w:abstractNumId="${format.length}"><w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/></w:lvl></w:abstractNum>` +
  `<w:num w:numId="${format.length}"><w:abstractNumId w:val="${format.length}"/></w:num>`;

/** Paragraphs of a document, as its format has them. */
export const word = {
  run: (text: string, bold = false) => `<w:r>${bold ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`,
  paragraph: (...runs: readonly string[]) => `<w:p>${runs.map((run) => (run.startsWith('<') ? run : word.run(run))).join('')}</w:p>`,
  heading: (text: string, of: 'Title' | 'heading1' | 'heading2' = 'heading1') =>
    `<w:p><w:pPr><w:pStyle w:val="${of}"/></w:pPr>${word.run(text)}</w:p>`,
  item: (text: string, ordered = false) =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${ordered ? 7 : 6}"/></w:numPr></w:pPr>${word.run(text)}</w:p>`,
  link: (text: string) => `<w:hyperlink r:id="rLink">${word.run(text)}</w:hyperlink>`,
  deleted: (text: string) => `<w:del><w:r><w:delText>${text}</w:delText></w:r></w:del>`,
  row: (...cells: readonly string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${word.paragraph(cell)}</w:tc>`).join('')}</w:tr>`,
  table: (...rows: readonly string[]) => `<w:tbl>${rows.join('')}</w:tbl>`,
};

/** A .docx of these paragraphs; `parts` add to its parts or replace them, and `link` is where its hyperlinks lead. */
export function wordFile(body: readonly string[], parts: Readonly<Record<string, string>> = {}, link = 'https://example.org/'): Buffer {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const all: Record<string, string> = {
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `${declaration}<w:document ${ns}><w:body>${body.join('')}</w:body></w:document>`,
    'word/styles.xml': `${declaration}<w:styles ${ns}>${styles}</w:styles>`,
    'word/numbering.xml': `${declaration}<w:numbering ${ns}>${level('bullet')}${level('decimal')}</w:numbering>`,
    'word/_rels/document.xml.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rLink" Type="${office}/hyperlink" TargetMode="External" Target="${link}"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/><Relationship Id="r3" Type="${office}/numbering" Target="numbering.xml"/></Relationships>`,
    ...parts,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)]))));
}

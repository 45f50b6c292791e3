import type { PackText, PackVersionDetail } from '@threerings/core/wire/norm-packs';
import { FlaskConical, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import type { ParameterOutline } from './checking.ts';
import { LabelsPanel } from './labels-panel.tsx';
import { TryPanel } from './try-panel.tsx';
import type { PackTextState } from './use-pack-text.ts';
import { WhatIfPanel } from './what-if-panel.tsx';

interface SidePanelProps {
  readonly detail: PackVersionDetail;
  readonly text: PackTextState;
  readonly file: PackText | undefined;
  readonly cursor: number;
  readonly readOnly: boolean;
  readonly onPlace: (file: string, from: number) => void;
}

/** What the norm under the cursor says, the figures of the file, and what the text would do. */
const tabs = ['try', 'what-if', 'labels', 'changes'] as const;

export function SidePanel({ detail, text, file, cursor, readOnly, onPlace }: SidePanelProps) {
  const t = useWords();
  const person = useMe();
  const mayTry = hasRole(person, 'norm-owner', 'operations', 'reviewer');
  const [tab, setTab] = useState<(typeof tabs)[number]>('try');
  const { pack, version } = detail.row;
  return (
    <div className="norms-side">
      <NormAtCursor text={text} file={file} cursor={cursor} />
      <Parameters text={text} file={file} readOnly={readOnly} />
      <Card
        className="grow"
        icon={<FlaskConical size={16} aria-hidden />}
        title={t(`norms.${tab}`)}
        aside={
          mayTry && (
            <Segmented
              label={t('norms.try')}
              value={tab}
              onChange={setTab}
              options={tabs.map((value) => ({ value, label: t(`norms.tab-${value}`) }))}
            />
          )
        }
      >
        {tab === 'try' && <TryPanel text={text} readOnly={readOnly} />}
        {tab === 'what-if' && <WhatIfPanel pack={pack} version={version} />}
        {tab === 'labels' && <LabelsPanel {...{ pack, version, onPlace }} revision={text.revision} files={text.files} />}
        {tab === 'changes' && <ChangesPanel pack={pack} version={version} text={text} onPlace={onPlace} />}
      </Card>
    </div>
  );
}

function NormAtCursor({ text, file, cursor }: Pick<SidePanelProps, 'text' | 'file' | 'cursor'>) {
  const t = useWords();
  const say = useTongue();
  const norm = text.checked?.norms?.find((one) => one.file === file?.path && one.from <= cursor && cursor <= one.to);
  return (
    <Card title={norm?.title ?? t('norms.norm')} aside={norm !== undefined && <ClauseLinks cites={norm.cites} norm={norm.title} />}>
      <p className="card-body norm-sentence">
        {norm === undefined ? <span className="meta">{t('norms.at-cursor')}</span> : say(norm.sentence)}
      </p>
    </Card>
  );
}

function Parameters({ text, file, readOnly }: Pick<SidePanelProps, 'text' | 'file' | 'readOnly'>) {
  const t = useWords();
  const own = text.checked?.parameters.filter((one) => one.file === file?.path) ?? [];
  return (
    <Card
      icon={<SlidersHorizontal size={16} aria-hidden />}
      title={t('norms.parameters')}
      aside={!readOnly && <span className="meta">{t('norms.parameters-text')}</span>}
    >
      <div className="card-body scroll norm-parameters">
        {own.length === 0 && <p className="meta">{t('norms.no-parameters')}</p>}
        {own.map((parameter) => (
          <Field key={parameter.name} label={parameter.title} inline>
            {(ids) => (
              <Figure
                {...ids}
                parameter={parameter}
                readOnly={readOnly}
                onChange={(value) => file !== undefined && text.change(file.path, replaced(file.text, parameter, value))}
              />
            )}
          </Field>
        ))}
      </div>
    </Card>
  );
}

interface FigureProps {
  readonly id: string;
  readonly parameter: ParameterOutline;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
}

/**
 * A number and its unit: `15 秒`. Only the number is a control; the unit is part of the meaning and stays. It goes into the text with Enter
 * or when the field is left: between two keys the text has not been looked at yet, and its places are not known.
 */
function Figure({ id, parameter, readOnly, onChange }: FigureProps) {
  const [, number = '', unit = ''] = /^([\d.]+)\s*(.*)$/u.exec(parameter.value) ?? [];
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const commit = () => {
    if (typed !== undefined && typed !== '' && typed !== number) onChange(`${typed} ${unit}`.trim());
    setTyped(undefined);
  };
  return (
    <span className="row">
      <Input
        id={id}
        className="norm-figure num"
        type="number"
        min={0}
        step="any"
        value={typed ?? number}
        readOnly={readOnly}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <span>{unit}</span>
    </span>
  );
}

/** The text with another value at a parameter; as it is where the text has changed since it was looked at. */
function replaced(text: string, { from, to, value: before }: ParameterOutline, value: string): string {
  return text.slice(from, to) === before ? `${text.slice(0, from)}${value}${text.slice(to)}` : text;
}

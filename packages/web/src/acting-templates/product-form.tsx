import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { uuid } from '../app/uuid.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { type ExtraDraft, emptyExtra, emptyField, type FieldDraft, type ProductDraft } from './draft.ts';

interface ProductFormProps {
  readonly draft: ProductDraft;
  /** what is wrong below a place of this product, in words: `fields.0.name.zh` */
  readonly faultAt: (place: string) => string | undefined;
  readonly onChange: (draft: ProductDraft) => void;
}

/** One product: who may ask for it, what a plan must hold, and what the customer has to be told. */
export function ProductForm({ draft, faultAt, onChange }: ProductFormProps) {
  const t = useWords();
  const set = (change: Partial<ProductDraft>) => onChange({ ...draft, ...change });
  const { fields, extras, rights } = draft;
  return (
    <div className="stack template-form">
      <div className="template-row">
        <Text label={t('templates.id')} value={draft.template} fault={faultAt('template')} onChange={(template) => set({ template })} />
        <Text label={t('templates.zh')} value={draft.zh} fault={faultAt('name.zh')} onChange={(zh) => set({ zh })} />
        <Text label={t('templates.en')} value={draft.en} fault={faultAt('name.en')} onChange={(en) => set({ en })} />
      </div>
      <fieldset className="row row-wrap">
        <legend>{t('templates.rights')}</legend>
        {(['owner', 'authorised'] as const).map((right) => (
          <label key={right} className="row">
            <input
              type="checkbox"
              checked={rights.includes(right)}
              onChange={(event) => set({ rights: event.target.checked ? [...rights, right] : rights.filter((one) => one !== right) })}
            />
            {t(`templates.right.${right}`)}
          </label>
        ))}
        <Wrong fault={faultAt('rights')} />
      </fieldset>
      <Rows
        title={t('templates.fields')}
        fault={faultAt('fields')}
        add={t('templates.add-field')}
        onAdd={() => set({ fields: [...fields, emptyField(uuid())] })}
      >
        {fields.map((field, n) => (
          <FieldRow
            key={field.key}
            field={field}
            faultAt={(place) => faultAt(`fields.${n}.${place}`)}
            onChange={(next) => set({ fields: fields.map((one) => (one.key === field.key ? next : one)) })}
            onRemove={() => set({ fields: fields.filter(({ key }) => key !== field.key) })}
          />
        ))}
      </Rows>
      <Rows
        title={t('templates.extras')}
        fault={faultAt('extras')}
        add={t('templates.add-extra')}
        onAdd={() => set({ extras: [...extras, emptyExtra(uuid())] })}
      >
        {extras.map((extra, n) => (
          <ExtraRow
            key={extra.key}
            extra={extra}
            fields={fields}
            faultAt={(place) => faultAt(`extras.${n}.${place}`)}
            onChange={(next) => set({ extras: extras.map((one) => (one.key === extra.key ? next : one)) })}
            onRemove={() => set({ extras: extras.filter(({ key }) => key !== extra.key) })}
          />
        ))}
      </Rows>
    </div>
  );
}

interface RowsProps {
  readonly title: string;
  readonly fault: string | undefined;
  readonly add: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
}

function Rows({ title, fault, add, onAdd, children }: RowsProps) {
  return (
    <section className="stack">
      <div className="row">
        <h3 className="strong grow">{title}</h3>
        <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={onAdd}>
          {add}
        </Button>
      </div>
      <Wrong fault={fault} />
      {children}
    </section>
  );
}

interface FieldRowProps {
  readonly field: FieldDraft;
  readonly faultAt: ProductFormProps['faultAt'];
  readonly onChange: (field: FieldDraft) => void;
  readonly onRemove: () => void;
}

function FieldRow({ field, faultAt, onChange, onRemove }: FieldRowProps) {
  const t = useWords();
  const set = (change: Partial<FieldDraft>) => onChange({ ...field, ...change });
  return (
    <div className="template-item">
      <div className="template-row">
        <Text label={t('templates.id')} value={field.field} fault={faultAt('field')} onChange={(id) => set({ field: id })} />
        <Text label={t('templates.zh')} value={field.zh} fault={faultAt('name.zh')} onChange={(zh) => set({ zh })} />
        <Text label={t('templates.en')} value={field.en} fault={faultAt('name.en')} onChange={(en) => set({ en })} />
        <Field label={t('templates.choices')} hint={t('templates.choices-hint')} error={faultAt('choices')}>
          {(ids) => <Textarea {...ids} rows={2} value={field.choices} onChange={(event) => set({ choices: event.target.value })} />}
        </Field>
      </div>
      <div className="row">
        <label className="row grow">
          <input type="checkbox" checked={field.optional} onChange={(event) => set({ optional: event.target.checked })} />
          {t('templates.optional')}
        </label>
        <Remove name={field.zh} onClick={onRemove} />
      </div>
    </div>
  );
}

interface ExtraRowProps {
  readonly extra: ExtraDraft;
  readonly fields: readonly FieldDraft[];
  readonly faultAt: ProductFormProps['faultAt'];
  readonly onChange: (extra: ExtraDraft) => void;
  readonly onRemove: () => void;
}

function ExtraRow({ extra, fields, faultAt, onChange, onRemove }: ExtraRowProps) {
  const t = useWords();
  const set = (change: Partial<ExtraDraft>) => onChange({ ...extra, ...change });
  return (
    <div className="template-item">
      <div className="template-row">
        <Text label={t('templates.id')} value={extra.item} fault={faultAt('item')} onChange={(item) => set({ item })} />
        <Text label={t('templates.zh')} value={extra.zh} fault={faultAt('name.zh')} onChange={(zh) => set({ zh })} />
        <Text label={t('templates.en')} value={extra.en} fault={faultAt('name.en')} onChange={(en) => set({ en })} />
      </div>
      <div className="template-row" data-two>
        <Text label={t('templates.say-zh')} value={extra.sayZh} fault={faultAt('say.zh')} onChange={(sayZh) => set({ sayZh })} />
        <Text label={t('templates.say-en')} value={extra.sayEn} fault={faultAt('say.en')} onChange={(sayEn) => set({ sayEn })} />
      </div>
      <div className="template-row">
        <Field label={t('templates.when')} error={faultAt('when.field')}>
          {(ids) => (
            <Select {...ids} value={extra.whenField} onChange={(event) => set({ whenField: event.target.value })}>
              <option value="">{t('templates.always')}</option>
              {fields.map(({ key, field, zh }) => (
                <option key={key} value={field}>
                  {zh || field}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {extra.whenField !== '' && (
          <Text label={t('templates.is')} value={extra.whenIs} fault={faultAt('when.is')} onChange={(whenIs) => set({ whenIs })} />
        )}
        <Field label={t('templates.medium')}>
          {(ids) => (
            <Select {...ids} value={extra.medium} onChange={(event) => set({ medium: mediumOf(event.target.value) })}>
              {(['', 'call', 'chat'] as const).map((medium) => (
                <option key={medium} value={medium}>
                  {t(`templates.medium.${medium === '' ? 'both' : medium}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className="row">
        <label className="row grow">
          <input type="checkbox" checked={extra.advice} onChange={(event) => set({ advice: event.target.checked })} />
          {t('templates.advice')}
        </label>
        <Remove name={extra.zh} onClick={onRemove} />
      </div>
    </div>
  );
}

const mediumOf = (value: string) => (value === 'call' || value === 'chat' ? value : '');

function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  const t = useWords();
  return (
    <IconButton label={t('templates.remove', { name })} onClick={onClick}>
      <Trash2 size={14} aria-hidden />
    </IconButton>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

function Text({ label, value, fault, onChange }: TextProps) {
  return (
    <Field label={label} error={fault}>
      {(ids) => <Input {...ids} value={value} maxLength={200} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

function Wrong({ fault }: { fault: string | undefined }) {
  return fault === undefined ? null : (
    <p className="field-note" data-error>
      {fault}
    </p>
  );
}

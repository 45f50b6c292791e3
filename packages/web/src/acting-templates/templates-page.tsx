import type { ActingTemplates, TemplatesChanged } from '@threerings/core/wire/acting';
import { History, ListChecks, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useToast } from '../app/toast.tsx';
import { uuid } from '../app/uuid.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { draftOf, emptyProduct, type ProductDraft, productOf } from './draft.ts';
import { ProductForm } from './product-form.tsx';
import { useSaveTemplates, useTemplates } from './use-templates.ts';
import './templates.css';

type Faults = TemplatesChanged['faults'];

/** 代办产品: what a plan of each product must hold, who may ask for it, and what the customer is told. Every save is a version. */
export function TemplatesPage() {
  const t = useWords();
  const stored = useTemplates();
  if (stored.isPending) return <Loading what={t('nav.templates')} rows={8} />;
  if (stored.isError) return <Failed error={stored.error} onRetry={() => void stored.refetch()} />;
  return <Products key={stored.data.state} stored={stored.data} />;
}

function Products({ stored }: { stored: ActingTemplates }) {
  const t = useWords();
  const say = useTongue();
  const toast = useToast();
  const { save, busy } = useSaveTemplates();
  const [drafts, setDrafts] = useState<readonly ProductDraft[]>(() => stored.templates.map((one, n) => draftOf(one, `p${n}`)));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [note, setNote] = useState('');
  const [faults, setFaults] = useState<Faults>([]);
  const at = Math.max(
    0,
    drafts.findIndex(({ key }) => key === chosen),
  );
  const shown = drafts[at];
  const change = (next: readonly ProductDraft[]) => {
    setDrafts(next);
    setFaults([]);
  };
  const add = () => {
    const made = emptyProduct(uuid());
    change([...drafts, made]);
    setChosen(made.key);
  };
  const keep = async () => {
    const answer = await save({ state: stored.state, note: note.trim(), templates: drafts.map(productOf) });
    if (answer === undefined) return;
    setFaults(answer.faults);
    const [first] = answer.faults;
    if (first !== undefined) setChosen(drafts[Number(first.place.split('.')[0])]?.key ?? chosen);
    else toast.show(t('templates.saved', { version: answer.version ?? 0 }), t('templates.saved-text'));
  };
  const missing = note.trim() === '' ? t('templates.note-missing') : undefined;
  return (
    <div className="templates-page">
      <Card
        icon={<ListChecks size={16} aria-hidden />}
        title={t('nav.templates')}
        footer={
          <Button icon={<Plus size={14} aria-hidden />} onClick={add}>
            {t('templates.add')}
          </Button>
        }
      >
        <ProductList drafts={drafts} faults={faults} shown={shown?.key} onOpen={setChosen} />
        <Versions stored={stored} onTake={(templates) => change(templates.map((one) => draftOf(one, uuid())))} />
      </Card>
      <Card
        className="grow"
        title={shown === undefined ? t('templates.none') : shown.zh || t('templates.new')}
        aside={
          shown !== undefined && (
            <Button
              size="small"
              tone="text"
              icon={<Trash2 size={14} aria-hidden />}
              onClick={() => change(drafts.filter(({ key }) => key !== shown.key))}
            >
              {t('templates.remove-product')}
            </Button>
          )
        }
        footer={
          <div className="row row-wrap grow">
            <span className="meta grow" role="status">
              {faults.length === 0 ? t('templates.in-force') : t('templates.faults', { n: faults.length })}
            </span>
            <Input
              className="templates-note"
              aria-label={t('templates.note')}
              placeholder={t('templates.note')}
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
            <Button tone="primary" busy={busy} blocked={missing} onClick={() => void keep()}>
              {t('templates.save')}
            </Button>
          </div>
        }
      >
        <div className="scroll grow card-body">
          {shown === undefined ? (
            <Empty title={t('templates.none')} text={t('templates.none-text')} />
          ) : (
            <ProductForm
              key={shown.key}
              draft={shown}
              faultAt={(place) => faultIn(faults, `${at}.${place}`, say)}
              onChange={(next) => change(drafts.map((one) => (one.key === next.key ? next : one)))}
            />
          )}
        </div>
      </Card>
    </div>
  );
}

/** Choices are lines of one text: a fault of any of them is shown below it. */
function faultIn(faults: Faults, place: string, say: ReturnType<typeof useTongue>): string | undefined {
  const found = faults.find((fault) => fault.place === place || (place.endsWith('.choices') && fault.place.startsWith(`${place}.`)));
  return found && say(found.expected);
}

interface ProductListProps {
  readonly drafts: readonly ProductDraft[];
  readonly faults: Faults;
  readonly shown: string | undefined;
  readonly onOpen: (key: string) => void;
}

function ProductList({ drafts, faults, shown, onOpen }: ProductListProps) {
  const t = useWords();
  return (
    <ul className="templates-list scroll">
      {drafts.map(({ key, zh, template, fields, extras }, n) => (
        <li key={key}>
          <button type="button" aria-current={key === shown} onClick={() => onOpen(key)}>
            <b className="cut">{zh || t('templates.new')}</b>
            <span className="meta">
              {faults.some(({ place }) => place === String(n) || place.startsWith(`${n}.`))
                ? t('templates.wrong')
                : t('templates.counts', { id: template, fields: fields.length, extras: extras.length })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface VersionsProps {
  readonly stored: ActingTemplates;
  /** puts an earlier version into the form; it is in force when it was saved */
  readonly onTake: (templates: ActingTemplates['templates']) => void;
}

function Versions({ stored: { versions, delivered }, onTake }: VersionsProps) {
  const t = useWords();
  const now = useNow(60_000);
  return (
    <section className="templates-versions scroll">
      <h3 className="row strong">
        <History size={14} aria-hidden /> {t('templates.versions')}
      </h3>
      {delivered && <p className="meta">{t('templates.delivered')}</p>}
      <ul>
        {versions.map(({ version, madeAt, madeBy, note, templates }) => (
          <li key={version}>
            <span className="row">
              <b className="num">{version}</b>
              <span className="meta num grow">
                {shortTime(madeAt, now)} · {madeBy}
              </span>
              <Button size="small" tone="text" onClick={() => onTake(templates)}>
                {t('templates.take')}
              </Button>
            </span>
            <span className="t2">{note}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

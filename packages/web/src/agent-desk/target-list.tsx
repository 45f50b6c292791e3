import { type KeyboardEvent, useRef, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { useDirectory } from '../directory/use-directory.ts';
import { Input } from '../ui/field.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { isFreeTarget, outsideTargets, type Target, targetsOf } from './transfer.ts';
import { useColleagues } from './use-colleagues.ts';

interface TargetListProps {
  readonly value: Target | undefined;
  readonly onChange: (target: Target) => void;
}

const same = (one: Target | undefined, other: Target) => one?.kind === other.kind && one.id === other.id;

/** Type to find, arrow keys to walk: the chosen one is what the arrow stands on; Enter goes on to the caller's yes. Who cannot be rung says why. */
export function TargetList({ value, onChange }: TargetListProps) {
  const t = useWords();
  const { agent } = useMe();
  const [typed, setTyped] = useState('');
  const house = useColleagues();
  const list = useRef<HTMLDivElement>(null);
  const outside = useOutside(typed, value);
  if (house.isPending) return <Loading what={t('transfer.to-whom')} />;
  if (house.data === undefined) return <Failed error={house.error} onRetry={() => void house.refetch()} />;
  const targets = [...targetsOf(house.data, typed, agent), ...outside];
  const walk = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && value !== undefined && !event.nativeEvent.isComposing && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      list.current?.closest('.sheet')?.querySelector<HTMLElement>('[data-consent]')?.focus();
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = targets.findIndex((target) => same(value, target));
    const next = Math.min(targets.length - 1, Math.max(0, at + step));
    const target = targets[next];
    if (target === undefined) return;
    onChange(target);
    list.current?.querySelectorAll('[role=radio]')[next]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className="stack">
      <Input
        data-autofocus
        onKeyDown={walk}
        aria-label={t('transfer.find')}
        placeholder={t('transfer.find')}
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="targets scroll" role="radiogroup" aria-label={t('transfer.to-whom')} onKeyDown={walk} ref={list}>
        {targets.length === 0 && <p className="meta targets-none">{t('transfer.nobody-found')}</p>}
        {targets.map((target) => (
          <TargetRow key={`${target.kind} ${target.id}`} target={target} chosen={same(value, target)} onChoose={() => onChange(target)} />
        ))}
      </div>
    </div>
  );
}

/** Most numbers of the directory that are offered beside colleagues. */
const mostOutside = 8;

/** Out of the house, once something was typed; what was chosen before stays. */
function useOutside(typed: string, chosen: Target | undefined): readonly Target[] {
  const words = typed.trim();
  const found = useDirectory(words, 'all', words !== '').data ?? [];
  if (words === '') return chosen?.kind === 'outside' ? [chosen] : [];
  return outsideTargets(found.slice(0, mostOutside), words);
}

function TargetRow({ target, chosen, onChoose }: { target: Target; chosen: boolean; onChoose: () => void }) {
  const free = isFreeTarget(target);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be styled as one row with its standing
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      tabIndex={chosen ? 0 : -1}
      className="target"
      data-free={free}
      data-kind={target.kind}
      onClick={onChoose}
    >
      <TargetWords target={target} free={free} />
    </button>
  );
}

function TargetWords({ target, free }: { target: Target; free: boolean }) {
  const t = useWords();
  const say = useTongue();
  if (target.kind === 'queue' || target.kind === 'seat') {
    const none = target.kind === 'queue' ? t('transfer.none-free') : t('expert.all-busy');
    return (
      <>
        <b className="grow">
          {say(target.name)}
          {target.kind === 'seat' && ` · ${t('expert.seat')}`}
        </b>
        <span className="meta">{target.free > 0 ? t('transfer.free', { n: target.free }) : none}</span>
      </>
    );
  }
  if (target.kind === 'item') {
    return (
      <>
        <b className="grow">{say(target.name)}</b>
        <span className="meta">{t('self-service.item')}</span>
      </>
    );
  }
  if (target.kind === 'outside') {
    return (
      <>
        <b>{target.name ?? t('transfer.dial')}</b>
        <span className="meta grow num">{target.id}</span>
        <span className="meta">{target.hours ?? t('transfer.outside')}</span>
      </>
    );
  }
  const { name, state } = target.kind === 'expert' ? target.expert : target.colleague;
  return (
    <>
      <b>{name}</b>
      <span className="meta grow num">{target.id}</span>
      {target.kind === 'expert' && (
        <span className="meta">{t('expert.load', { n: target.expert.consults, most: target.expert.most ?? '–' })}</span>
      )}
      <span className="meta">{t(standingOf(state, free))}</span>
    </>
  );
}

const states = ['offline', 'ready', 'busy', 'rest', 'ringing', 'talking', 'hold', 'wrap-up', 'paused'] as const;

function standingOf(state: string, free: boolean) {
  const known = states.find((one) => one === state) ?? 'busy';
  return known === 'ready' && !free ? 'presence.busy' : (`presence.${known}` as const);
}

import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import type { InteractionDetail } from '@threerings/core/wire/interactions';
import { ArrowLeft } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ActingRecords } from '../acting/acting-records.tsx';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { isTextField } from '../app/keys.ts';
import { hasRole, useMe } from '../app/session.ts';
import { dayOf, timeOfDay } from '../app/time.ts';
import { durationWords } from '../app/time-words.ts';
import { useNow } from '../live/clock.ts';
import { instanceOf, mergeEvents, mergeVerdicts } from '../live/fold.ts';
import { useInteractionFeed } from '../live/use-live.ts';
import { Failed, Loading, Partial } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { Rates } from '../verdicts/tallies.tsx';
import { tallyOf } from '../verdicts/tally.ts';
import { Evidence } from './evidence.tsx';
import { PlayerBar } from './player-bar.tsx';
import { type Extent, extentOf, intervalsOf, neighbour, witnessInstant } from './timeline.ts';
import { audioUrl, useInteraction, usePeaks } from './use-interactions.ts';
import { type Player, usePlayer } from './use-player.ts';
import { VerdictPanel } from './verdict-panel.tsx';
import { WaveLanes } from './wave-lanes.tsx';
import './interaction-page.css';

export function InteractionPage() {
  const { interaction } = useParams({ strict: false });
  const t = useWords();
  const detail = useInteraction(interaction ?? '');
  if (detail.isPending) return <Loading what={t('list.title')} rows={8} />;
  if (detail.isError) return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
  return <InteractionView key={detail.data.interaction} detail={detail.data} />;
}

function InteractionView({ detail }: { detail: InteractionDetail }) {
  const feed = useInteractionFeed(detail.interaction);
  const events = useMemo(() => mergeEvents(detail.events, feed?.events ?? []), [detail.events, feed]);
  const verdicts = useMemo(() => mergeVerdicts(detail.verdicts, feed?.verdicts ?? []), [detail.verdicts, feed]);
  const running = detail.row.endedAt === undefined;
  const present = useNow(5000);
  const until = running ? present : undefined;
  const extent = useMemo(() => extentOf(detail, events, until), [detail, events, until]);
  useFreshWhenOver(detail, feed?.events);
  const { recording } = detail;
  const audible = recording?.audible === true ? recording : undefined;
  const peaks = usePeaks(audible?.recording);
  const player = usePlayer(audible === undefined ? undefined : audioUrl(audible.recording), recording?.startedAt ?? extent.from);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const chosenVerdict = verdicts.find((verdict) => instanceOf(verdict) === chosen);
  const choose = useCallback(
    (verdict: WireVerdict) => {
      setChosen(instanceOf(verdict));
      player.seek(witnessInstant(verdict, events));
    },
    [player, events],
  );
  const step = (by: 1 | -1) => {
    const next = neighbour(verdicts, chosen, by);
    if (next !== undefined) choose(next);
  };
  usePlayerKeys(player, step);
  const intervals = useMemo(() => intervalsOf(events, extent.to), [events, extent]);
  return (
    <div className="verdict-page">
      <Head detail={detail} verdicts={verdicts} />
      <section className="card verdict-wave">
        <WaveLanes
          peaks={peaks.data}
          recordingStart={recording?.startedAt}
          extent={extent}
          intervals={intervals}
          verdicts={verdicts}
          chosen={chosen}
          at={player.at}
          onSeek={(instant) => player.seek(instant)}
          onChoose={choose}
        />
        {audible === undefined ? (
          <NotAudible why={recording !== undefined ? 'not-audible' : running ? 'running' : 'no-recording'} />
        ) : (
          <PlayerBar player={player} durationMs={audible.durationMs} startedAt={audible.startedAt} onStep={step} />
        )}
      </section>
      <ActingRecords of="interactions" id={detail.interaction} />
      <Columns
        interaction={detail.interaction}
        {...{ events, verdicts, extent, chosen, chosenVerdict, player, choose }}
        audible={audible !== undefined}
      />
    </div>
  );
}

/** A call that was watched to its end is fetched again: only then it has its length and its recording. */
function useFreshWhenOver(detail: InteractionDetail, fresh: readonly WireEvent[] | undefined): void {
  const queries = useQueryClient();
  const over =
    detail.row.endedAt === undefined && fresh?.some((event) => event.type === 'call.ended' || event.type === 'interaction.closed') === true;
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ['interaction', detail.interaction] });
  }, [over, queries, detail.interaction]);
}

interface ColumnsProps {
  readonly interaction: string;
  readonly events: readonly WireEvent[];
  readonly verdicts: readonly WireVerdict[];
  readonly extent: Extent;
  readonly chosen: string | undefined;
  readonly chosenVerdict: WireVerdict | undefined;
  readonly player: Player;
  readonly choose: (verdict: WireVerdict) => void;
  readonly audible: boolean;
}

function Columns({ interaction, events, verdicts, extent, chosen, chosenVerdict, player, choose, audible }: ColumnsProps) {
  // The explanations count from the first event; every time beside them must be the same.
  const from = events[0]?.occurredAt ?? extent.from;
  return (
    <div className="verdict-columns">
      <Evidence
        events={events}
        verdicts={verdicts}
        chosen={chosenVerdict}
        from={from}
        at={player.at}
        onPick={(instant) => player.seek(instant, player.playing)}
      />
      <VerdictPanel
        interaction={interaction}
        events={events}
        verdicts={verdicts}
        from={from}
        chosen={chosen}
        chosenVerdict={chosenVerdict}
        onChoose={choose}
        onListen={audible ? (instant) => player.seek(instant, true) : undefined}
      />
    </div>
  );
}

function Head({ detail, verdicts }: { detail: InteractionDetail; verdicts: readonly WireVerdict[] }) {
  const t = useWords();
  const now = useNow();
  const { row, judged } = detail;
  const tally = tallyOf(verdicts);
  const holds = hasRole(useMe(), 'administrator');
  return (
    <header className="verdict-head">
      <Link to="/interactions" aria-label={t('action.back')} className="icon-btn">
        <ArrowLeft size={18} aria-hidden />
      </Link>
      <div className="grow">
        <h1 className="row">
          <span className="num">
            {dayOf(row.startedAt, true)} {timeOfDay(row.startedAt)}
          </span>
          {row.queue !== undefined && <span className="chip">{row.queue}</span>}
          {row.origin !== 'live' && <span className="chip">{t(`origin.${row.origin}`)}</span>}
          {row.endedAt === undefined && (
            <span className="chip" data-tone="warn">
              {t('list.running')}
            </span>
          )}
        </h1>
        <p className="meta num">
          {durationWords(t, row.endedAt === undefined ? now - row.startedAt : row.talkMs)} · {wordOfCode(t, 'channel', row.channel)}
          {row.agent !== undefined && ` · ${t('role.agent')} ${row.agentName ?? ''} ${row.agent}`}
          {judged !== undefined && ` · ${t('verdict-page.pack', { pack: judged.pack, version: judged.version })}`}
        </p>
      </div>
      {holds && (
        <Link to="/retention" search={{ call: row.interaction }} className="btn" data-tone="text" data-size="small">
          {t('hold.this-call')}
        </Link>
      )}
      <VerdictBadge standing="kept" count={tally.kept} />
      <VerdictBadge standing="broken" count={tally.broken} />
      <VerdictBadge standing="unknown" count={tally.unknown} />
      <VerdictBadge standing="moot" count={tally.moot} />
      <Rates counts={tally} />
    </header>
  );
}

function NotAudible({ why }: { why: 'not-audible' | 'running' | 'no-recording' }) {
  const t = useWords();
  return (
    <div className="card-body">
      <Partial title={t(`verdict-page.${why}`)} text={t(`verdict-page.${why}-text`)} />
    </div>
  );
}

/** Space plays, J and K walk the verdicts; never while typing. */
function usePlayerKeys(player: Player, step: (by: 1 | -1) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || isTextField(event.target)) return;
      const key = event.key.toLowerCase();
      const onButton = event.target instanceof HTMLElement && event.target.closest('button, select, summary') !== null;
      if (key === 'j') step(-1);
      else if (key === 'k') step(1);
      else if (key === ' ' && !onButton) player.toggle();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}

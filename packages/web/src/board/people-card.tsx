import { Link } from '@tanstack/react-router';
import type { BoardCall, BoardPerson } from '@threerings/core/wire/board';
import { Bell, Coffee, Headphones, Headset, LogOut, type LucideIcon, Pause, Pencil, Phone, PhoneOff, UserMinus, Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { clock } from '../app/time.ts';
import { IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { attentionOf, comparePeople, type PeopleOrder } from './figures.ts';
import { LeaderSheet } from './leader-sheet.tsx';
import { useCalmOrder } from './use-calm-order.ts';

const agentOf = (person: BoardPerson) => person.agent;

interface PeopleCardProps {
  readonly people: readonly BoardPerson[];
  readonly now: number;
  readonly queueName: (queue: string) => string;
  readonly calls: readonly BoardCall[];
}

export function PeopleCard({ people, now, queueName, calls }: PeopleCardProps) {
  const t = useWords();
  const me = useMe();
  const [led, setLed] = useState<string | undefined>(undefined);
  const leads = hasRole(me, 'leader') ? setLed : undefined;
  const chosen = people.find(({ agent }) => agent === led);
  const [order, setOrder] = useState<PeopleOrder>('attention');
  const compare = useMemo(() => comparePeople(order), [order]);
  const { box, ordered } = useCalmOrder(people, agentOf, compare);
  return (
    <Card
      className="grow"
      icon={<Users size={16} aria-hidden />}
      title={t('board.people')}
      aside={
        <Segmented
          label={t('board.order')}
          value={order}
          onChange={setOrder}
          options={(['attention', 'state', 'number'] as const).map((value) => ({ value, label: t(`board.order.${value}`) }))}
        />
      }
    >
      {people.length === 0 && <Empty title={t('board.nobody')} text={t('board.nobody-text')} />}
      <ul className="tiles scroll" ref={box}>
        {ordered.map((person) => (
          <PersonTile
            key={person.agent}
            person={person}
            now={now}
            queueName={queueName}
            onLead={person.agent === me.agent ? undefined : leads}
          />
        ))}
      </ul>
      {chosen !== undefined && (
        <LeaderSheet
          key={chosen.agent}
          person={chosen}
          call={calls.find(({ interaction }) => interaction === chosen.interaction)}
          onClose={() => setLed(undefined)}
        />
      )}
    </Card>
  );
}

const stateIcons: Readonly<Record<string, LucideIcon>> = {
  ready: Headset,
  busy: UserMinus,
  rest: Coffee,
  ringing: Bell,
  talking: Phone,
  hold: Pause,
  'wrap-up': Pencil,
  paused: PhoneOff,
  offline: LogOut,
};

interface PersonTileProps extends Pick<PeopleCardProps, 'now' | 'queueName'> {
  readonly person: BoardPerson;
  /** absent = only to be looked at */
  readonly onLead: ((agent: string) => void) | undefined;
}

/** A person: state and its time; what is broken solid, what is about to break amber. A small rest shows no reason. */
function PersonTile({ person, now, queueName, onLead }: PersonTileProps) {
  const t = useWords();
  const say = useTongue();
  const Icon = stateIcons[person.state] ?? Headset;
  const broken = person.broken[0];
  const near = person.near[0];
  const content = (
    <>
      <span className="row">
        <b className="cut">
          {person.name} <span className="num">{person.agent}</span>
        </b>
        <span className="grow" />
        {person.since > 0 && person.state !== 'offline' && <time>{clock(now - person.since)}</time>}
      </span>
      <span className="row tile-state">
        <Icon size={14} aria-hidden />
        <span className="nowrap">{wordOfCode(t, 'presence', person.state)}</span>
        {broken !== undefined && (
          <span className="cut">
            <VerdictBadge standing="broken" text={say(broken.title)} />
          </span>
        )}
        {broken === undefined && near !== undefined && (
          <span className="cut">
            <VerdictBadge standing="near" text={`${say(near.title)} ${clock(Math.max(0, near.deadline - now))}`} />
          </span>
        )}
        {broken === undefined && near === undefined && person.rest !== undefined && <RestOnTile rest={person.rest} now={now} />}
        {broken === undefined && near === undefined && person.rest === undefined && person.queue !== undefined && (
          <span className="cut t2">· {queueName(person.queue)}</span>
        )}
      </span>
    </>
  );
  return (
    <li className="tile-place">
      {onLead !== undefined && person.state !== 'offline' && (
        <IconButton className="tile-lead" label={t('leader.open', { who: person.name })} onClick={() => onLead(person.agent)}>
          <Headphones size={14} aria-hidden />
        </IconButton>
      )}
      {person.interaction === undefined ? (
        <div className="tile" data-attention={attentionOf(person)} data-state={person.state}>
          {content}
        </div>
      ) : (
        <Link
          className="tile"
          data-attention={attentionOf(person)}
          data-state={person.state}
          to="/interactions/$interaction"
          params={{ interaction: person.interaction }}
        >
          {content}
        </Link>
      )}
    </li>
  );
}

/** Waits for an answer, or rests until then; a rest that is over says by how much. */
function RestOnTile({ rest, now }: { rest: NonNullable<BoardPerson['rest']>; now: number }) {
  const t = useWords();
  const { granted, until } = rest;
  if (!granted) return <span className="cut strong">· {t('rest.asks')}</span>;
  if (until === undefined) return <span className="cut t2">· {t('rest.granted')}</span>;
  return (
    <span className="cut t2">
      · {until > now ? t('rest.left', { time: clock(until - now) }) : t('rest.over', { time: clock(now - until) })}
    </span>
  );
}

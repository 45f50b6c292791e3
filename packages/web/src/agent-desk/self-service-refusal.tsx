import { useEffect, useRef, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { onEscape } from '../app/keys.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useFocusReturn } from '../ui/use-focus-return.ts';
import { useColleagues } from './use-colleagues.ts';

const reasons = ['dispute', 'difficult', 'unwilling', 'other'] as const;
type Reason = (typeof reasons)[number];

interface SelfServiceRefusalProps {
  readonly interaction: string;
  readonly onDone: () => void;
  /** given up: nothing is noted */
  readonly onClose: () => void;
}

/** The caller will not go into self-service: why, what to say to it, and which other ways were named (S4-05 to S4-08). */
export function SelfServiceRefusal({ interaction, onDone, onClose }: SelfServiceRefusalProps) {
  const t = useWords();
  const say = useTongue();
  const { run, pending } = useDeskCommand();
  const { data } = useColleagues();
  const [reason, setReason] = useState<Reason>('unwilling');
  const [named, setNamed] = useState<readonly string[]>([]);
  const box = useRef<HTMLElement>(null);
  useFocusReturn(box);
  useEffect(() => box.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus(), []);
  const channels = reason === 'dispute' ? [] : (data?.selfService.channels ?? []);
  const toggle = (channel: string) =>
    setNamed((before) => (before.includes(channel) ? before.filter((one) => one !== channel) : [...before, channel]));
  const save = async () => {
    const told = channels.map(({ zh }) => zh).filter((channel) => named.includes(channel));
    const result = await run({ kind: 'refuse-self-service', interaction, reason, channels: told });
    if (result.kind === 'done') onDone();
  };
  return (
    <section
      ref={box}
      className="hold-override stack"
      onKeyDown={(event) => onEscape(event, onClose)}
      aria-label={t('self-service.refused')}
    >
      <Segmented
        label={t('self-service.why')}
        value={reason}
        onChange={setReason}
        options={reasons.map((value) => ({ value, label: t(`self-service.why.${value}`) }))}
      />
      <p>{t(`self-service.say.${reason}`)}</p>
      {channels.length > 0 && (
        <fieldset className="row row-wrap">
          <legend className="meta">{t('self-service.channels')}</legend>
          {channels.map((channel) => (
            <label key={channel.zh} className="row">
              <input type="checkbox" checked={named.includes(channel.zh)} onChange={() => toggle(channel.zh)} />
              {say(channel)}
            </label>
          ))}
        </fieldset>
      )}
      <div className="row">
        <Button size="small" tone="primary" busy={pending.has('refuse-self-service')} onClick={() => void save()}>
          {t('self-service.note')}
        </Button>
      </div>
    </section>
  );
}

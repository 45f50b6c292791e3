import { type Happened, textOf } from '../timeline/decider.ts';
import type { BoardAlert } from '../wire/board.ts';
import type { AlertOnBoard } from './state.ts';

/** Alerts that stay in view; what is older is in the timeline. */
const mostAlerts = 50;

const severities: Readonly<Record<string, BoardAlert['severity']>> = {
  emergency: 'urgent',
  'voice-lost': 'urgent',
  'hold-long': 'warn',
  'nobody-signed-in': 'urgent',
  'hold-limit': 'info',
};

const sentences: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  emergency: { zh: '坐席上报紧急情况', en: 'an agent reports an emergency' },
  'voice-lost': { zh: '语音进程中断，通话丢失', en: 'the voice process failed and calls were lost' },
  'hold-long': { zh: '来电者保持过久', en: 'a caller has been on hold for long' },
  'nobody-signed-in': { zh: '有来电等候，但无人签入', en: 'callers wait and nobody is signed in' },
  'hold-limit': { zh: '保持已到约定时限', en: 'the agreed limit of a hold is reached' },
};

/** The sentence of an alert; an alert of a norm carries its own title as kind. */
export function alertMessage(kind: string, language: 'zh' | 'en'): string {
  return sentences[kind]?.[language] ?? kind;
}

/** Alerts after one more event; one that was raised twice under the same id stands once. */
export function alertsAfter(alerts: readonly AlertOnBoard[], event: Happened, interaction: string | undefined): readonly AlertOnBoard[] {
  const at = event.occurredAt;
  switch (event.type) {
    case 'alert.raised': {
      const kind = textOf(event, 'kind') ?? '';
      return raised(alerts, {
        alert: textOf(event, 'alert') ?? '',
        at,
        kind,
        severity: severities[kind] ?? 'warn',
        interaction,
        agent: textOf(event, 'agent'),
      });
    }
    case 'emergency.raised':
      return raised(alerts, { alert: textOf(event, 'emergency') ?? '', at, kind: 'emergency', severity: 'urgent', interaction });
    case 'alert.acknowledged': {
      const by = textOf(event, 'agent') ?? event.by ?? '';
      return alerts.map((one) => (one.alert === textOf(event, 'alert') ? { ...one, acknowledgedBy: one.acknowledgedBy ?? by } : one));
    }
    default:
      return alerts;
  }
}

function raised(alerts: readonly AlertOnBoard[], alert: AlertOnBoard): readonly AlertOnBoard[] {
  return alerts.some((one) => one.alert === alert.alert) ? alerts : [...alerts, alert].slice(-mostAlerts);
}

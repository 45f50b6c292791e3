import { type Happened, numberOf, textOf } from '../timeline/decider.ts';
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
  'transfer-long': 'warn',
  'promise-overdue': 'warn',
  'promise-unsettled': 'urgent',
  'norms-unreadable': 'urgent',
  'emergency-unanswered': 'urgent',
  'similar-calls': 'warn',
  escalation: 'warn',
  support: 'urgent',
  'leader-request': 'urgent',
  'support-late': 'urgent',
};

const sentences: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  emergency: { zh: '坐席上报紧急情况', en: 'an agent reports an emergency' },
  'voice-lost': { zh: '语音进程中断，通话丢失', en: 'the voice process failed and calls were lost' },
  'hold-long': { zh: '来电者保持过久', en: 'a caller has been on hold for long' },
  'nobody-signed-in': { zh: '有来电等候，但无人签入', en: 'callers wait and nobody is signed in' },
  'hold-limit': { zh: '保持已到约定时限', en: 'the agreed limit of a hold is reached' },
  'transfer-long': { zh: '来电者等转接过久', en: 'a caller has waited long for a transfer' },
  'promise-overdue': { zh: '承诺逾期未兑现', en: 'a promise is overdue' },
  'norms-unreadable': {
    zh: '现行规范版本读不出，暂由之前的版本判定：请运营用 threerings norms 处理',
    en: 'the live norms cannot be read, an earlier version judges: see threerings norms',
  },
  'emergency-unanswered': { zh: '紧急上报无人确认', en: 'nobody has taken an emergency in hand' },
  'similar-calls': {
    zh: '短时间内多通来电问同一件事，请看是否要登记故障或发要情',
    en: 'many callers ask the same within minutes: is it an outage, or news?',
  },
  escalation: { zh: '客户有越级倾向', en: 'a caller may turn to a higher body' },
  'leader-request': { zh: '来电者坚持找领导，请接听', en: 'a caller insists on the leader: take the call' },
  support: { zh: '坐席求助现场支撑', en: 'an agent asks for support' },
  'support-late': { zh: '求助已到时限仍没有人来', en: 'nobody has come to support an agent in time' },
  'promise-unsettled': { zh: '承诺逾期已久，仍未兑现', en: 'a promise has been overdue for long' },
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
        severity: severityOf(event, kind),
        interaction,
        agent: textOf(event, 'agent'),
        to: textOf(event, 'to'),
        norm: textOf(event, 'norm'),
        about: textOf(event, 'about'),
      });
    }
    case 'promise.escalated': {
      const level = numberOf(event, 'level') ?? 1;
      const kind = level > 1 ? 'promise-unsettled' : 'promise-overdue';
      const promise = textOf(event, 'promise') ?? '';
      const alert = `overdue-${promise}-${numberOf(event, 'due') ?? 0}-${level}`;
      return raised(alerts, { alert, at, kind, severity: severities[kind] ?? 'warn', interaction, to: textOf(event, 'to'), promise });
    }
    case 'promise.kept':
    case 'promise.moved':
    case 'promise.unreached':
    case 'promise.withdrawn':
      return alerts.filter((one) => one.promise !== textOf(event, 'promise') || one.promise === undefined);
    case 'support.requested': {
      const [alert, agent, about, due] = [
        textOf(event, 'support') ?? '',
        textOf(event, 'agent'),
        textOf(event, 'topic'),
        numberOf(event, 'due'),
      ];
      return raised(alerts, { alert, at, kind: 'support', severity: 'urgent', interaction, agent, about, to: 'leader', due });
    }
    case 'leader.requested': {
      const [alert, agent] = [textOf(event, 'request') ?? '', textOf(event, 'agent')];
      return raised(alerts, { alert, at, kind: 'leader-request', severity: 'urgent', interaction, agent, to: 'leader' });
    }
    case 'leader.accepted':
    case 'leader.declined':
    case 'call.ended':
      return alerts.filter((one) => one.kind !== 'leader-request' || one.interaction !== interaction);
    case 'support.offered':
    case 'support.closed': {
      const support = textOf(event, 'support') ?? '';
      return alerts.filter(({ alert }) => alert !== support && alert !== `support-late-${support}`);
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

function severityOf(event: Happened, kind: string): BoardAlert['severity'] {
  const stated = textOf(event, 'severity');
  return stated === 'info' || stated === 'warn' || stated === 'urgent' ? stated : (severities[kind] ?? 'warn');
}

function raised(alerts: readonly AlertOnBoard[], alert: AlertOnBoard): readonly AlertOnBoard[] {
  return alerts.some((one) => one.alert === alert.alert) ? alerts : [...alerts, alert].slice(-mostAlerts);
}

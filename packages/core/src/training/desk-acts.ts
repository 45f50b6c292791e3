import { type Refusal, refuse } from '../errors/refusal.ts';
import type { DeskCommand } from '../wire/desk.ts';
import type { TrainingAct } from '../wire/training.ts';
import { trainingCall as interaction, type PrivateHotline } from './private-hotline.ts';
import type { TrainingScript } from './script.ts';

type AtTheDesk = Exclude<TrainingAct, { do: 'say' | 'give-up' | 'own' | 'search' | 'open' | 'mark-answer' }>;

/** The desk's own command for an act; everything that the desk would refuse is left to it. */
export function deskCommandOf(act: AtTheDesk, { call, now, agent }: PrivateHotline, script: TrainingScript): DeskCommand | Refusal {
  switch (act.do) {
    case 'answer':
      return { kind: 'answer', interaction, leg: call?.interaction.offer?.leg ?? '' };
    case 'hold': {
      const { do: _, ...rest } = act;
      return { kind: 'hold', interaction, ...rest };
    }
    case 'resume':
      return { kind: 'resume', interaction };
    case 'speak-over':
    case 'mute':
      return { kind: act.do, interaction, on: act.on };
    case 'transfer': {
      const { how, brief, consent, override, colleague } = act;
      const known = script.colleagues.some((each) => each.colleague === colleague);
      if (!known) return refuse('training.not-in-script', { what: colleague });
      return { kind: 'transfer', interaction, to: { agent: colleague }, how, brief, consent, override };
    }
    case 'transfer-step':
      return { kind: 'transfer-step', interaction, step: act.step };
    case 'release':
      return { kind: 'release', interaction, confirmed: act.confirmed, reason: act.reason };
    case 'mark-consent':
      return { kind: 'mark-consent', interaction, about: act.about, given: act.given };
    case 'promise': {
      const { what, inMs, about, number, soothed } = act;
      return { kind: 'promise-callback', interaction, what, dueAt: now + inMs, about, number, soothed, owner: agent };
    }
    case 'record':
      return { kind: 'save-record', interaction, record: act.record };
    case 'finish':
      return { kind: 'finish-wrap-up', interaction };
  }
}

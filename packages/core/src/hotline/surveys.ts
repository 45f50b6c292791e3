import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { fact } from '../timeline/decider.ts';
import type { Effect } from './effects.ts';
import type { HotlineAnswer, HotlineInput } from './inputs.ts';
import type { Call, Hotline } from './state.ts';
import type { Turn } from './turn.ts';

/** A caller who is asked to rate the call, after the agent let go, be the call closed or not. */
export interface Survey {
  readonly since: Instant;
  readonly answered: boolean;
}

const done = { ok: true } as const;
/** The keys of the five grades: 5 is the best. */
const grades = /^[1-5]$/;

/** True where this caller can be asked: there is a survey, and a telephone has keys. */
export function maySurvey({ plan }: Pick<Hotline, 'plan'>, { interaction }: Pick<Call, 'interaction'>): boolean {
  return plan.survey !== undefined && interaction.channel === 'phone';
}

/**
 * The agent lets go of a caller who is asked to rate the call. No hang-up guard: the caller is not put down, and whoever leaves the
 * questions has abandoned nothing (practice: a release into the survey is no breach).
 */
export function offerSurvey(turn: Turn, call: Call, agent: string): HotlineAnswer {
  // A caller who is being handed over is not put out of the colleague's hands.
  if (!maySurvey(turn.hotline, call) || call.transfers.open !== undefined) return refuse('survey.none');
  const survey = surveyOf(call.id);
  const offered = turn.record(call, [fact('survey.offered', turn.at, { survey }, { by: 'agent' })]);
  const command = { kind: 'release', agent, cause: 'survey', at: turn.at } as const;
  return turn.decide(offered, decideInteraction(command, offered.interaction, turn.hotline.settings)) ?? done;
}

/** The agent is free of the line, the caller stays on it: in place of the end of the call. */
export function partForSurvey(turn: Turn, interaction: string, agent: string | undefined): void {
  if (agent !== undefined) turn.effect({ interaction, kind: 'part', agent });
  turn.effect({ interaction, kind: 'announce', prompt: 'survey' });
}

/** What the medium tells of a caller who is being asked; false where nobody is. */
export function surveyTold(turn: Turn, input: HotlineInput): boolean {
  const interaction = 'interaction' in input ? input.interaction : undefined;
  const survey = interaction === undefined ? undefined : turn.hotline.surveys.get(interaction);
  if (interaction === undefined || survey === undefined) return false;
  switch (input.kind) {
    case 'caller-found':
      takesUp(turn, interaction, survey, input);
      return true;
    case 'caller-digit':
      if (!survey.answered && grades.test(input.digit)) rated(turn, interaction, Number(input.digit));
      return true;
    case 'prompt-ended':
      if (input.prompt === 'survey-thanks' && !input.interrupted) ends(turn, interaction);
      return true;
    case 'caller-left':
    case 'caller-lost':
      turn.hotline = withSurvey(turn.hotline, interaction, undefined);
      return true;
    default:
      return false;
  }
}

/** After a restart what plays goes on; a question whose end nobody heard is asked again, and thanks that are over end it. */
function takesUp(
  turn: Turn,
  interaction: string,
  { answered }: Survey,
  { playing }: Extract<HotlineInput, { readonly kind: 'caller-found' }>,
): void {
  if (playing !== undefined) return;
  if (answered) ends(turn, interaction);
  else turn.effect({ interaction, kind: 'announce', prompt: 'survey' });
}

/** A question that nobody recorded cannot be asked, and thanks that nobody recorded keep nobody on the line. */
export function surveyFailed(turn: Turn, effect: Effect): void {
  if (effect.kind === 'announce' && turn.hotline.surveys.has(effect.interaction)) ends(turn, effect.interaction);
}

/** When a survey that nobody answers is over; undefined where there is none. */
export function surveyEnds({ plan, surveys }: Hotline, interaction: string): Instant | undefined {
  const survey = surveys.get(interaction);
  return survey && survey.since + (plan.survey?.maxMs ?? 0);
}

export function surveyDue(turn: Turn, interaction: string): void {
  const at = surveyEnds(turn.hotline, interaction);
  if (at !== undefined && at <= turn.at) ends(turn, interaction);
}

function rated(turn: Turn, interaction: string, score: number): void {
  const survey = surveyOf(interaction);
  // A stream of its own: the call may be closed by then.
  turn.planned.push({ stream: survey, interaction, event: fact('survey.answered', turn.at, { survey, score }, { by: 'customer' }) });
  turn.hotline = withSurvey(turn.hotline, interaction, { since: turn.at, answered: true });
  turn.effect({ interaction, kind: 'announce', prompt: 'survey-thanks' });
}

function ends(turn: Turn, interaction: string): void {
  turn.hotline = withSurvey(turn.hotline, interaction, undefined);
  turn.effect({ interaction, kind: 'end', cause: 'survey' });
}

/** The hotline in which this caller is asked, or no longer. */
export function withSurvey(hotline: Hotline, interaction: string, survey: Survey | undefined): Hotline {
  const surveys = new Map(hotline.surveys);
  if (survey === undefined) surveys.delete(interaction);
  else surveys.set(interaction, survey);
  return { ...hotline, surveys };
}

export const surveyOf = (interaction: string) => `survey-${interaction}`;

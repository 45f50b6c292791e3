import { bool, count, event, id, maybe, oneOf, personal, text } from './define.ts';

/** Surveys, samples, scores and appeals. */
export const qualityEvents = [
  event('survey.offered', '邀请评价', 'offers survey', 'quality', '*', id('survey')),
  event('survey.answered', '客户评价', 'answers survey', 'quality', 'customer', id('survey'), count('score'), maybe(bool('resolved'))),
  event('sample.drawn', '抽样', 'sample drawn', 'quality', 'system', id('sample'), text('seed'), text('quarter')),
  event('review.scored', '评分', 'scores', 'quality', 'reviewer', id('sample'), count('score')),
  event(
    'appeal.filed',
    '申诉',
    'files appeal',
    'quality',
    'agent',
    id('verdict'),
    maybe(oneOf('form', 'explanation', 'appeal')),
    maybe(id('norm')),
    maybe(id('agent')),
    maybe(oneOf('ground', 'evidence', 'transcript', 'not-applicable', 'other')),
    maybe(personal('words')),
  ),
  event(
    'appeal.decided',
    '申诉裁决',
    'decides appeal',
    'quality',
    'reviewer',
    id('verdict'),
    bool('upheld'),
    maybe(text('reason')),
    maybe(id('agent')),
  ),
] as const;

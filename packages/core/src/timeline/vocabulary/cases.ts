import { event, id, list, maybe, ms, oneOf, text } from './define.ts';

/** Cases, erasure, and what the sources of events say about themselves. */
export const caseEvents = [
  event('case.opened', '个案开始', 'case opens', 'system', '-', id('case'), id('first'), maybe(id('customer'))),
  event('case.linked', '交互归案', 'interaction linked', 'system', '-', id('case'), id('interaction')),
  event('case.closed', '个案关闭', 'case closes', 'system', '-', id('case'), maybe(id('agent'))),
  event('case.notice-begun', '开始一次性告知', 'full notice begins', 'desk', 'agent', id('case'), id('notice'), list('items'), id('agent')),
  event('case.notice-told', '告知一项', 'notice item told', 'desk', 'agent', id('case'), id('notice'), text('item'), id('agent')),
  event('subject.erased', '主体抹除', 'subject erased', 'system', '-', id('subject'), text('basis')),
  event('source.started', '来源开始', 'source starts', 'system', '-', id('source'), maybe(text('engine')), maybe(ms('lag'))),
  event(
    'source.gap-started',
    '来源中断',
    'source fails',
    'system',
    '-',
    id('source'),
    oneOf('reason', 'no-engine', 'engine-down', 'no-audio', 'paused', 'erased', 'clock'),
  ),
  event('source.gap-ended', '来源恢复', 'source recovers', 'system', '-', id('source')),
  event('source.ended', '来源结束', 'source ends', 'system', '-', id('source')),
] as const;

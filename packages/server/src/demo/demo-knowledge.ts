import type { EntryKind } from '@threerings/core/knowledge/entry';
import { addEntry, storeDecision, versionsOf } from '../knowledge/entries-read-model.ts';
import type { Database } from '../store/database.ts';

interface DemoEntry {
  readonly entry: string;
  readonly kind: EntryKind;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly items?: readonly string[];
  readonly body: string;
}

const year = 365 * 86_400_000;

/** Made up, like everything in the demo. */
const entries: readonly DemoEntry[] = [
  {
    entry: 'card-lost',
    kind: 'article',
    title: '社保卡丢失：挂失与补办',
    keywords: ['补卡', '挂失', '卡丢了'],
    items: ['本人有效身份证', '手机号（收取卡通知）', '工本费，银行网点当场交'],
    body: '# 先挂失\n- 电话口头挂失，当场生效\n- 七天内到网点办**书面挂失**\n\n# 再补办\n任一社保经办窗口或合作银行网点，当场制卡；不能当场制卡的，**五个工作日**内领取。',
  },
  {
    entry: 'pension-transfer',
    kind: 'article',
    title: '养老保险关系转移接续',
    keywords: ['跨省转移', '换城市', '接续'],
    items: ['身份证', '原参保地名称'],
    body: '在新参保地提出申请即可，不必回原地。\n1. 新参保地受理\n2. 两地社保机构之间传递\n3. 办结后短信告知\n\n一般四十五天内办结。',
  },
  {
    entry: 'remote-treatment',
    kind: 'article',
    title: '异地就医备案',
    keywords: ['外地看病', '医保报销', '直接结算'],
    body: '出院结算前备案都可以直接结算。急诊抢救视同已备案。\n\n长期异地居住的，备案一次长期有效；临时外出的，有效期六个月。',
  },
  {
    entry: 'unemployment',
    kind: 'article',
    title: '失业保险金申领',
    keywords: ['失业金', '没工作'],
    items: ['身份证', '失业登记'],
    body: '非因本人意愿中断就业，且缴费满一年的，可以申领。每月领取，最长二十四个月。',
  },
  {
    entry: 'reply-check',
    kind: 'reply',
    title: '查询稍候',
    keywords: ['稍等', '核实'],
    body: '{称呼}，这件事我需要查一下，请您稍等一分钟，可以吗？',
  },
  {
    entry: 'reply-callback',
    kind: 'reply',
    title: '约定回电',
    keywords: ['回电', '回复时间'],
    body: '{称呼}，我会在{时间}前给您回电，我的工号是{工号}。',
  },
];

/** The demo's articles and quick replies, written by one person of the demo and approved by another, where they are missing. */
export async function seedDemoKnowledge(db: Database, author: string, reviewer: string, at: number): Promise<void> {
  for (const { entry, kind, items = [], ...text } of entries) {
    const added = await addEntry(db, { entry, kind, queues: [] }, { ...text, items, validUntil: at + year }, author, at);
    const [version] = added ? await versionsOf(db, entry) : [];
    if (version === undefined) continue;
    await storeDecision(db, entry, version, { ...version, state: 'live', reviewer }, undefined, at);
  }
}

import type { RoleName } from '../wire/session.ts';

/** What a person may do or see. Routes and pushes name one of these; nothing is allowed that is not named here. */
export const permissions = {
  'desk.use': { zh: '使用坐席工作台', en: 'use the agent desk' },
  'calls.place': { zh: '外呼（在可拨范围内）', en: 'call people, within the dial plan' },
  'calls.see-own': { zh: '查看本人的通话', en: 'see own calls' },
  'calls.see-unit': { zh: '查看本组织的通话', en: 'see the calls of the own unit' },
  'calls.see-all': { zh: '查看全部通话', en: 'see all calls' },
  'calls.import': { zh: '导入通话', en: 'import calls' },
  'recording.hear-own': { zh: '听本人的录音', en: 'hear own recordings' },
  'recording.hear': { zh: '听可见通话的录音', en: 'hear the recordings of calls one may see' },
  'board.see': { zh: '查看班长看板', en: 'see the board' },
  'calls.monitor': { zh: '监听、耳语、插话、接管与强制状态', en: 'listen to, whisper into, join and take over calls, and set states' },
  'alerts.acknowledge': { zh: '确认提醒', en: 'acknowledge alerts' },
  'promises.see-unit': { zh: '查看本组织的承诺', en: 'see the promises of the own unit' },
  'promises.close': { zh: '关闭或改期他人的承诺', en: 'close or move promises of others' },
  'promises.see-own': { zh: '查看本人负责的承诺', en: 'see the promises one answers for' },
  'promises.make': { zh: '登记承诺', en: 'make promises' },
  'customers.find': { zh: '按号码或姓名查找客户', en: 'find customers by number or name' },
  'customers.see-all': { zh: '查看全部客户档案', en: 'see the files of all customers' },
  'customers.merge': { zh: '合并客户', en: 'merge customers' },
  'holds.set': { zh: '设立与解除依法留存', en: 'set and release legal holds' },
  'customers.erase': { zh: '抹除客户个人信息', en: 'erase the personal data of customers' },
  'tickets.see-own': { zh: '查看本人的工单', en: 'see own tickets' },
  'tickets.see-unit': { zh: '查看本组织及承办的工单', en: 'see the tickets of the own unit' },
  'tickets.create': { zh: '登记与派发工单', en: 'create and dispatch tickets' },
  'tickets.work': { zh: '签收与办理工单', en: 'acknowledge and handle tickets' },
  'tickets.approve': { zh: '审批工单例外', en: 'decide exceptions of tickets' },
  'tickets.supervise': { zh: '督办工单', en: 'supervise tickets' },
  'messages.send': { zh: '给来电人发短信与邮件', en: 'send text messages and mails to callers' },
  'reports.see-own': { zh: '查看本人的报表', en: 'see reports of own work' },
  'reports.see-unit': { zh: '查看本组织的报表', en: 'see the reports of the own unit' },
  'reports.see-all': { zh: '查看全部报表', en: 'see all reports' },
  'knowledge.see': { zh: '查阅知识', en: 'search and read knowledge' },
  'knowledge.edit': { zh: '编写知识与处理缺口', en: 'write knowledge and settle gaps' },
  'knowledge.review': { zh: '复核知识', en: 'review knowledge' },
  'appeals.file': { zh: '说明与申诉', en: 'explain and appeal' },
  'appeals.decide': { zh: '裁决申诉', en: 'decide appeals' },
  'norms.see': { zh: '查看规范', en: 'see norms' },
  'norms.edit': { zh: '编辑规范', en: 'edit norms' },
  'norms.review': { zh: '复核规范', en: 'review norms' },
  'norms.approve': { zh: '批准规范上线', en: 'approve norms' },
  'settings.change': { zh: '修改设置', en: 'change settings' },
  'users.manage': { zh: '管理人员与角色', en: 'manage people and roles' },
  'audit.see': { zh: '查看审计记录', en: 'see the audit' },
} as const;

export type Permission = keyof typeof permissions;

const onTheDesk: readonly Permission[] = [
  'desk.use',
  'calls.place',
  'calls.see-own',
  'recording.hear-own',
  'promises.see-own',
  'promises.make',
  'customers.find',
  'tickets.see-own',
  'tickets.create',
  'knowledge.see',
  'appeals.file',
  'norms.see',
  'reports.see-own',
  'messages.send',
];

/** Which role brings which permissions. The roles of one person add up; no role implies another. */
export const permissionsOf: Readonly<Record<RoleName, readonly Permission[]>> = {
  agent: onTheDesk,
  leader: [
    ...onTheDesk,
    'calls.see-unit',
    'recording.hear',
    'board.see',
    'calls.monitor',
    'alerts.acknowledge',
    'promises.see-unit',
    'promises.close',
    'customers.see-all',
    'customers.merge',
    'tickets.see-unit',
    'tickets.approve',
    'tickets.supervise',
    'knowledge.edit',
    'knowledge.review',
    'reports.see-unit',
  ],
  reviewer: ['calls.see-all', 'knowledge.see', 'knowledge.review', 'recording.hear', 'appeals.decide', 'norms.see', 'norms.review'],
  'norm-owner': ['calls.see-all', 'knowledge.see', 'norms.see', 'norms.edit', 'norms.review', 'norms.approve'],
  operations: [
    'calls.see-all',
    'calls.import',
    'board.see',
    'promises.see-unit',
    'tickets.see-unit',
    'tickets.supervise',
    'knowledge.see',
    'knowledge.edit',
    'knowledge.review',
    'norms.see',
    'norms.edit',
    'settings.change',
    'reports.see-all',
  ],
  administrator: ['users.manage', 'settings.change', 'audit.see', 'customers.erase', 'holds.set', 'norms.see'],
  /** 承办部门: takes the tickets that are dispatched to its unit */
  department: ['promises.see-own', 'knowledge.see', 'tickets.see-unit', 'tickets.work', 'norms.see'],
};

/** True when one of the roles brings the permission. */
export function permits(roles: readonly RoleName[], permission: Permission): boolean {
  return roles.some((role) => permissionsOf[role].includes(permission));
}

import type { HotlinePlan, SkillLevels } from '@threerings/core/wire/hotline-plan';
import type { AddUnit } from '@threerings/core/wire/people';
import type { DemoAccount, Me, RoleName } from '@threerings/core/wire/session';

import { mainQueue } from '../hotline-plan/plan-read-model.ts';

/** Made up: neither the city nor the people exist. */
export const demoHotline: Me['hotline'] = { id: 'yunzhou-12333', name: '云州市 12333（演示）', number: '12333' };

export const demoUnits: readonly AddUnit[] = [
  { unit: 'yunzhou', name: '云州市人力资源和社会保障局', position: 0 },
  { unit: 'centre', parent: 'yunzhou', name: '12333 电话咨询服务中心', position: 0 },
  { unit: 'benefits', parent: 'yunzhou', name: '待遇发放科（演示）', position: 1 },
  { unit: 'team-1', parent: 'centre', name: '一组', position: 1 },
  { unit: 'team-2', parent: 'centre', name: '二组', position: 2 },
];

interface DemoPerson extends DemoAccount {
  readonly unit: string;
  readonly skills: SkillLevels;
}

/** Three queues: everybody answers the general desk, cards and English take a skill. */
export const demoPlan: HotlinePlan = {
  queues: [
    { queue: mainQueue, name: { zh: '综合', en: 'General' }, priority: 0 },
    {
      queue: 'card',
      name: { zh: '社保卡', en: 'Cards' },
      priority: 0,
      skill: 'card',
      overflow: { to: mainQueue, afterMs: 60_000 },
    },
    {
      queue: 'english',
      name: { zh: '英语专线', en: 'English line' },
      priority: 0,
      skill: 'english',
      level: 3,
      language: 'en',
      overflow: { to: mainQueue, afterMs: 60_000 },
    },
  ],
  matters: [
    { matter: '养老保险', code: '01', words: ['退休', '养老金'] },
    { matter: '失业保险', code: '02', words: ['失业金'] },
    { matter: '工伤保险', code: '03', words: ['工伤认定'] },
    { matter: '社保卡', code: '04', words: ['补卡', '挂失'] },
    { matter: '社保补缴', code: '05', words: ['断缴'] },
    { matter: '异地转移', code: '06', words: ['转移接续'] },
    { matter: '劳动争议', code: '07', words: ['拖欠工资', '仲裁'] },
    { matter: '就业补贴', code: '08', words: ['见习', '技能补贴'] },
  ],
  numbers: { '12333': mainQueue, '12334': 'card', '12335': 'english' },
  testNumbers: [],
  settings: {},
};

const person = (login: string, name: string, roles: RoleName[], unit: string, about: string, skills: SkillLevels = {}): DemoPerson => ({
  login,
  // Printed on the sign-in page of a server that only this machine can reach.
  password: `yunzhou-${login}`,
  name,
  roles,
  unit,
  about,
  skills,
});

export const demoPeople: readonly DemoPerson[] = [
  person('0217', '林岚（演示）', ['agent'], 'team-1', '坐席：接听、保持、记录', { english: 5 }),
  person('0209', '韩舟（演示）', ['agent'], 'team-2', '坐席：第二名坐席，无人接听时转到这里', { card: 5 }),
  person('0103', '沈岳（演示）', ['agent', 'leader'], 'centre', '班长：看板、提醒、承诺', { card: 5, english: 3 }),
  person('0301', '顾宁（演示）', ['reviewer'], 'centre', '质检员：通话、判定、录音'),
  person('0302', '程墨（演示）', ['norm-owner', 'operations'], 'centre', '规范管理员：规范包、报表'),
  person('0401', '苗青（演示）', ['department'], 'benefits', '承办部门：签收、办理工单'),
  person('0001', '方启（演示）', ['administrator'], 'yunzhou', '管理员：人员、组织、设置'),
];

import type { RefusalTable } from '../http/refusals.ts';

export const peopleRefusals = {
  'person.taken': {
    status: 409,
    zh: '工号或账号已被使用',
    en: 'the agent number or the login is taken',
    remedy: { zh: '请换一个', en: 'choose another one' },
  },
  'person.unknown': {
    status: 404,
    zh: '没有工号“{agent}”',
    en: 'there is nobody with the agent number {agent}',
    remedy: { zh: '请核对工号', en: 'check the number' },
  },
  'person.last-administrator': {
    status: 409,
    zh: '这是最后一名管理员',
    en: 'this is the last administrator',
    remedy: { zh: '请先指定另一名管理员', en: 'make somebody else an administrator first' },
  },
  'unit.unknown': {
    status: 422,
    zh: '没有组织“{unit}”',
    en: 'there is no unit {unit}',
    remedy: { zh: '请先建立该组织', en: 'create the unit first' },
  },
  'unit.taken': {
    status: 409,
    zh: '组织编号“{unit}”已被使用',
    en: 'the unit id {unit} is taken',
    remedy: { zh: '请换一个编号', en: 'choose another id' },
  },
  'unit.circle': {
    status: 409,
    zh: '组织“{unit}”会成为自己的上级',
    en: 'the unit {unit} would lie above itself',
    remedy: { zh: '请选择另一个上级', en: 'choose another parent' },
  },
  'password.too-short': {
    status: 422,
    zh: '密码少于 10 个字符',
    en: 'the password has fewer than 10 characters',
    remedy: { zh: '请使用更长的密码', en: 'choose a longer one' },
  },
  'password.too-long': {
    status: 422,
    zh: '密码超过 256 个字符',
    en: 'the password has more than 256 characters',
    remedy: { zh: '请使用更短的密码', en: 'choose a shorter one' },
  },
  'password.too-common': {
    status: 422,
    zh: '密码太容易猜到',
    en: 'the password is too easy to guess',
    remedy: { zh: '请不要使用账号、常见词或重复的字符', en: 'use neither the login, nor a common word, nor repeated characters' },
  },
  'password.wrong': {
    status: 403,
    zh: '当前密码不正确',
    en: 'the current password is wrong',
    remedy: { zh: '请核对后再试', en: 'check it and try again' },
  },
} as const satisfies RefusalTable;

export type PeopleRefusal = keyof typeof peopleRefusals;
